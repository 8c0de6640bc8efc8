SELECT o.id, t.label FROM orders o JOIN (VALUES (1, 'one'), (2, 'two')) AS t(n, label) ON t.n = o.quantity

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
+ unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Project id, label
│   passes: each changed row by itself
└─ Join INNER on quantity = n
   │   keyed: the rows of both sides by (quantity); a change looks at the rows of its key
   ├─ Project id, quantity
   │  │   passes: each changed row by itself
   │  └─ Scan orders
   │         passes: its changes
   └─ Values (1, 'one'), (2, 'two')
          passes: constant rows, given once

-- DuckDB
SELECT c0 AS "id", c1 AS "label" FROM
  (SELECT c0 AS c0, c3 AS c1 FROM
    (SELECT l0.c0 AS c0, l0.c1 AS c1, r1.c0 AS c2, r1.c1 AS c3 FROM
      (SELECT c0 AS c0, c3 AS c1 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t2) AS l0 JOIN
      (SELECT 1 AS c0, 'one' AS c1 UNION ALL SELECT 2 AS c0, 'two' AS c1) AS r1 ON l0.c1 = r1.c0) AS t3) AS t4

-- rows
1 | two
3 | one

-- then

