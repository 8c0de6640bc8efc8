SELECT customer AS id, name AS id FROM customers

-- refused
tables/refused-two-columns-of-one-name.sql:1:24 LEAT-2002 Two columns of the table are called id. Give one of them another name: … AS name.
