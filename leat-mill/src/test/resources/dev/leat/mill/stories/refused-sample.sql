SELECT id FROM orders TABLESAMPLE BERNOULLI(10)

-- refused
tables/refused-sample.sql:1:16 LEAT-2007 TABLESAMPLE, which gives other rows each time, is not supported yet. Filter by a column: WHERE MOD(id, 10) = 0.
