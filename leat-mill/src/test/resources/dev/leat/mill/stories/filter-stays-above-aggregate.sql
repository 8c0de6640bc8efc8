SELECT product, COUNT(*) AS n FROM orders GROUP BY product HAVING COUNT(*) > 1

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Filter n > 1
│   passes: each changed row by itself
└─ Aggregate COUNT(*) by (product)
   │   keyed: numbers and sums by (product)
   └─ Project product
      │   passes: each changed row by itself
      └─ Scan orders
             passes: its changes

-- DuckDB
SELECT c0 AS "product", c1 AS "n" FROM
  (SELECT * FROM
    (SELECT c0 AS c0, count(*) AS c1 FROM
      (SELECT c2 AS c0 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1 GROUP BY c0) AS t2 WHERE (c1 > CAST('1' AS BIGINT))) AS t3

-- rows
cup | 2
tea | 2

-- then

