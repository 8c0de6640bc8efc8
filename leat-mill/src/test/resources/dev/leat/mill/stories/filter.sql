SELECT id, quantity FROM orders WHERE quantity > 1 AND product IS NOT NULL

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
+ unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Project id, quantity
│   passes: each changed row by itself
└─ Filter (quantity > 1) AND (product IS NOT NULL)
   │   passes: each changed row by itself
   └─ Project id, product, quantity
      │   passes: each changed row by itself
      └─ Scan orders
             passes: its changes

-- DuckDB
SELECT c0 AS "id", c1 AS "quantity" FROM
  (SELECT c0 AS c0, c2 AS c1 FROM
    (SELECT * FROM
      (SELECT c0 AS c0, c2 AS c1, c3 AS c2 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1 WHERE ((c2 > 1) AND (c1 IS NOT NULL))) AS t2) AS t3

-- rows
1 | 2
2 | 4
5 | 3

-- then
- 2 | 4
- 5 | 3
+ 2 | 5
+ 6 | 3
