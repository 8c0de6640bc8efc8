SELECT id, SUM(quantity) OVER (PARTITION BY customer ORDER BY id RANGE BETWEEN 3 PRECEDING AND CURRENT ROW) AS s FROM orders

-- refused
tables/refused-window-range.sql:1:12 LEAT-2007 A window's RANGE between other values is not supported yet. Use ROWS.
