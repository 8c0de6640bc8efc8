SELECT id, SUM(quantity) OVER (ORDER BY id RANGE BETWEEN 0.5 PRECEDING AND CURRENT ROW) AS s FROM orders

-- refused
tables/refused-range-by-half.sql:1:12 LEAT-2007 A RANGE by parts of a whole number is not supported yet. Write a whole number.
