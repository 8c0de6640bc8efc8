WITH RECURSIVE up AS (SELECT id FROM orders UNION ALL SELECT id + 1 FROM up WHERE id < 3) SELECT id FROM up

-- refused
tables/refused-recursion.sql:1:6 LEAT-2007 WITH RECURSIVE is not supported yet. Write the levels out as joins, if there are few.
