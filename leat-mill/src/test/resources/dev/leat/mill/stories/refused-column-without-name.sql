SELECT customer, COUNT(*) FROM orders GROUP BY customer

-- refused
tables/refused-column-without-name.sql:1:18 LEAT-2002 Column 2 of the table has no name. Give it one: … AS name.
