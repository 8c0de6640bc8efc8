SELECT id, SUM(quantity) OVER (PARTITION BY customer ORDER BY id RANGE BETWEEN 3 PRECEDING AND CURRENT ROW) AS s FROM orders

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: recomputed whole at each epoch in which an input changed: RANGE by a distance has no other form
Project id, CASE WHEN w3 > 0 THEN w4 ELSE NULL END as s
│   passes: each changed row by itself
└─ Window COUNT(quantity), SUM(quantity) over (customer) order by id range -3 NUMBER to 0
   │   whole: RANGE by a distance has no other form
   └─ Project id, customer, quantity
      │   passes: each changed row by itself
      └─ Scan orders
             passes: its changes

-- DuckDB
SELECT c0 AS "id", c1 AS "s" FROM
  (SELECT c0 AS c0, CASE WHEN (c3 > CAST('0' AS BIGINT)) THEN c4 ELSE CAST(NULL AS BIGINT) END AS c1 FROM
    (SELECT *, count(c2) OVER (PARTITION BY c1 ORDER BY c0 ASC NULLS LAST RANGE BETWEEN 3 PRECEDING AND CURRENT ROW) AS c3, CAST(sum(c2) OVER (PARTITION BY c1 ORDER BY c0 ASC NULLS LAST RANGE BETWEEN 3 PRECEDING AND CURRENT ROW) AS BIGINT) AS c4 FROM
      (SELECT c0 AS c0, c1 AS c1, c3 AS c2 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1) AS t2) AS t3

-- rows
1 | 2
2 | 6
3 | 1
4 | 1
5 | 3

-- then
- 2 | 6
- 5 | 3
+ 2 | 7
+ 6 | 4
