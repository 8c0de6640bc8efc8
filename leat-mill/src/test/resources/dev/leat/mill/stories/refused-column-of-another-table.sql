SELECT id FROM orders WHERE country = 'UK'

-- refused
tables/refused-column-of-another-table.sql:1:29 LEAT-2004 There is no column country in the tables named here. It is a column of customers.
