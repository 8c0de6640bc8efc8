SELECT id
FROM order_lines

-- refused
tables/refused-unknown-table.sql:2:6 LEAT-2003 There is no table order_lines. Known: customers, events, orders.
