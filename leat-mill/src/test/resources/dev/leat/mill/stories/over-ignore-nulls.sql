SELECT id, LAST_VALUE(product) IGNORE NULLS OVER (PARTITION BY customer ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS last_known FROM orders

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: recomputed whole at each epoch in which an input changed: IGNORE NULLS OVER has no other form
Project id, w3 as last_known
│   passes: each changed row by itself
└─ Window LAST_VALUE(product) ignore nulls over (customer) order by id ties (product) rows unbounded to 0
   │   whole: IGNORE NULLS OVER has no other form
   └─ Project id, customer, product
      │   passes: each changed row by itself
      └─ Scan orders
             passes: its changes

-- DuckDB
SELECT c0 AS "id", c1 AS "last_known" FROM
  (SELECT c0 AS c0, c3 AS c1 FROM
    (SELECT *, CAST(last_value(c2 IGNORE NULLS) OVER (PARTITION BY c1 ORDER BY c0 ASC NULLS LAST, c2 ASC NULLS LAST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS VARCHAR) AS c3 FROM
      (SELECT c0 AS c0, c1 AS c1, c2 AS c2 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1) AS t2) AS t3

-- rows
1 | tea
2 | tea
3 | cup
4 | cup
5 | cup

-- then
- 5 | cup
+ 6 | cup
