SELECT id, COUNT(DISTINCT product) OVER (PARTITION BY customer) AS n FROM orders

-- refused
tables/refused-window-distinct.sql:1:12 LEAT-2007 DISTINCT or IGNORE NULLS in a window is not supported yet.
