SELECT id FROM orders ORDER BY price OFFSET 2 ROWS

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: recomputed whole at each epoch in which an input changed: OFFSET without a LIMIT moves every row
Project id
│   passes: each changed row by itself
└─ Sort order by price, id offset 2
   │   whole: OFFSET without a LIMIT moves every row
   └─ Project id, price
      │   passes: each changed row by itself
      └─ Scan orders
             passes: its changes

-- DuckDB
SELECT c0 AS "id" FROM
  (SELECT c0 AS c0, c4 AS c1 FROM
    (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1 ORDER BY t1.c1 ASC NULLS LAST, t1.c0 ASC NULLS LAST OFFSET 2

-- rows
2
3
5

-- then
- 5
+ 6
