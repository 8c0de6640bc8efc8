SELECT id,
       pric
FROM orders

-- refused
tables/refused-unknown-column.sql:2:8 LEAT-2004 There is no column pric in the tables named here. Did you mean `price`?
