SELECT customer, product, COUNT(*) AS n FROM orders GROUP BY customer

-- refused
tables/refused-not-grouped.sql:1:18 LEAT-2002 product may have several values in a group. Add it to GROUP BY, or say which value: MAX(product).
