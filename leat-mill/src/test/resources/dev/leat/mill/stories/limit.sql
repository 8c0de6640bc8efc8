SELECT id, price FROM orders ORDER BY price LIMIT 2

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live: a step costs by what changes in it
TopN 2 of all order by price, id
│   keyed: the first 2 rows of all in order, and the others to move up
└─ Project id, price
   │   passes: each changed row by itself
   └─ Scan orders
          passes: its changes

-- DuckDB
SELECT c0 AS "id", c1 AS "price" FROM
  (SELECT * FROM
    (SELECT c0 AS c0, c4 AS c1 FROM
      (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1 ORDER BY t1.c1 ASC NULLS LAST, t1.c0 ASC NULLS LAST LIMIT 2) AS t2

-- rows
1 | 3.50
4 | 0.90

-- then

