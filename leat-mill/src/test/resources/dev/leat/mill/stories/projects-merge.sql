SELECT amount + 1 AS more FROM (SELECT id, quantity * price AS amount FROM orders) AS t WHERE id < 4

-- passes
  sub-queries to joins
  remove correlation
+ filters down
  keys of joins
  joins that only test
+ unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Project (CAST(quantity AS DECIMAL(10,0)) * price) + 1 as more
│   passes: each changed row by itself
└─ Filter id < 4
   │   passes: each changed row by itself
   └─ Project id, quantity, price
      │   passes: each changed row by itself
      └─ Scan orders
             passes: its changes

-- DuckDB
SELECT c0 AS "more" FROM
  (SELECT CAST((CAST((CAST(CAST(c1 AS DECIMAL(10,0)) AS DECIMAL(38,0)) * c2) AS DECIMAL(18,2)) + CAST('1' AS DECIMAL(10,0))) AS DECIMAL(18,2)) AS c0 FROM
    (SELECT * FROM
      (SELECT c0 AS c0, c3 AS c1, c4 AS c2 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1 WHERE (c0 < CAST('4' AS BIGINT))) AS t2) AS t3

-- rows
13.00
15.00
8.00

-- then
- 15.00
+ 18.50
