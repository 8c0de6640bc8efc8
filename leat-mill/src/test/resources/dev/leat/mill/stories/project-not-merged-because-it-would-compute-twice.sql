SELECT amount + amount AS twice FROM (SELECT quantity * price AS amount FROM orders) AS t

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Project (CAST(quantity AS DECIMAL(10,0)) * price) + (CAST(quantity AS DECIMAL(10,0)) * price) as twice
│   passes: each changed row by itself
└─ Scan orders
       passes: its changes

-- DuckDB
SELECT c0 AS "twice" FROM
  (SELECT CAST((CAST((CAST(CAST(c3 AS DECIMAL(10,0)) AS DECIMAL(38,0)) * c4) AS DECIMAL(18,2)) + CAST((CAST(CAST(c3 AS DECIMAL(10,0)) AS DECIMAL(38,0)) * c4) AS DECIMAL(18,2))) AS DECIMAL(18,2)) AS c0 FROM
    (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1

-- rows
14.00
24.00
28.00
69.00
null

-- then
- 28.00
+ 35.00
