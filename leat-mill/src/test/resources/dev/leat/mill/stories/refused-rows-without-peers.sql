SELECT id, SUM(quantity) OVER (ORDER BY customer ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES) AS s FROM orders

-- refused
tables/refused-rows-without-peers.sql:1:12 LEAT-2007 ROWS with EXCLUDE TIES, which leaves to chance what is left out, is not supported yet. Use RANGE, or EXCLUDE CURRENT ROW.
