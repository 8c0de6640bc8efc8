SELECT id FROM orders
GROUP WHERE id = 1

-- refused
tables/refused-syntax.sql:2:1 LEAT-2001 'GROUP' is not expected here. A name that is also a word of SQL must stand in double quotes.
