SELECT customer, COUNT(DISTINCT product, quantity) AS n FROM orders GROUP BY customer

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: recomputed whole at each epoch in which an input changed: COUNT of these arguments has no other form
Aggregate COUNT(distinct product, quantity) by (customer)
│   whole: COUNT of these arguments has no other form
└─ Project customer, product, quantity
   │   passes: each changed row by itself
   └─ Scan orders
          passes: its changes

-- DuckDB
SELECT c0 AS "customer", c1 AS "n" FROM
  (SELECT c0 AS c0, count(DISTINCT ROW(c1, c2)) FILTER (WHERE c1 IS NOT NULL AND c2 IS NOT NULL) AS c1 FROM
    (SELECT c1 AS c0, c2 AS c1, c3 AS c2 FROM
      (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1 GROUP BY c0) AS t2

-- rows
1 | 2
2 | 1
null | 1

-- then
- 2 | 1
- null | 1
+ 2 | 2
