SELECT SUM(quantity) WITHIN DISTINCT (product) AS s FROM orders

-- refused
tables/refused-within-distinct.sql:1:8 LEAT-2007 WITHIN DISTINCT is not supported yet. Group by its columns in a sub-query first.
