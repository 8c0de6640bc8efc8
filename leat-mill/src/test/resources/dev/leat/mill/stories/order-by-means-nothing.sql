SELECT id FROM orders ORDER BY price

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Project id
│   passes: each changed row by itself
└─ Scan orders
       passes: its changes

-- DuckDB
SELECT c0 AS "id" FROM
  (SELECT c0 AS c0 FROM
    (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1

-- rows
1
2
3
4
5

-- then
- 5
+ 6
