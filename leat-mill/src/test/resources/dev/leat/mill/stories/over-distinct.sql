SELECT id, COUNT(DISTINCT product) OVER (PARTITION BY customer) AS n FROM orders

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: recomputed whole at each epoch in which an input changed: DISTINCT OVER has no other form
Project id, w3 as n
│   passes: each changed row by itself
└─ Window COUNT distinct(product) over (customer) range unbounded to unbounded
   │   whole: DISTINCT OVER has no other form
   └─ Project id, customer, product
      │   passes: each changed row by itself
      └─ Scan orders
             passes: its changes

-- DuckDB
SELECT c0 AS "id", c1 AS "n" FROM
  (SELECT c0 AS c0, c3 AS c1 FROM
    (SELECT *, count(DISTINCT c2) OVER (PARTITION BY c1 RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS c3 FROM
      (SELECT c0 AS c0, c1 AS c1, c2 AS c2 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1) AS t2) AS t3

-- rows
1 | 1
2 | 1
3 | 1
4 | 1
5 | 1

-- then
- 5 | 1
+ 6 | 1
