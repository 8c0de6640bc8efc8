SELECT id, (SELECT name FROM customers) AS name FROM orders

-- refused
tables/refused-scalar-with-several-rows.sql:1:12 LEAT-2007 A sub-query that stands for one value but may give several rows is not supported yet. Use MIN or MAX in it, or write it as a LEFT JOIN.
