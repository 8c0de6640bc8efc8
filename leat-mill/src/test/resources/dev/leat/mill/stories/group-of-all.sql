SELECT COUNT(*) AS n, SUM(weight) AS w FROM orders

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Aggregate COUNT(*), SUM(weight) by ()
│   keyed: numbers and sums for all rows
└─ Project weight
   │   passes: each changed row by itself
   └─ Scan orders
          passes: its changes

-- DuckDB
SELECT c0 AS "n", c1 AS "w" FROM
  (SELECT count(*) AS c0, sum(c0) AS c1 FROM
    (SELECT c7 AS c0 FROM
      (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1) AS t2

-- rows
5 | 3.0

-- then
- 5 | 3.0
+ 5 | 3.5
