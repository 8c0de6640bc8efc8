SELECT o.id FROM orders o JOIN customers c ON o.customer = c.customer WHERE customer = 1

-- refused
tables/refused-ambiguous.sql:1:77 LEAT-2002 Column 'customer' is ambiguous.
