SELECT MEDIEN(price) AS m FROM orders

-- refused
tables/refused-unknown-function.sql:1:8 LEAT-2005 There is no function MEDIEN. Did you mean `MEDIAN`?
