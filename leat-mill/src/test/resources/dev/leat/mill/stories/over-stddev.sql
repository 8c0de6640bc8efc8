SELECT id, STDDEV_POP(price) OVER (PARTITION BY product) AS s FROM orders

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: recomputed whole at each epoch in which an input changed: STDDEV_POP OVER has no other form
Project id, w3 as s
│   passes: each changed row by itself
└─ Window STDDEV_POP(price) over (product) range unbounded to unbounded
   │   whole: STDDEV_POP OVER has no other form
   └─ Project id, product, price
      │   passes: each changed row by itself
      └─ Scan orders
             passes: its changes

-- DuckDB
SELECT c0 AS "id", c1 AS "s" FROM
  (SELECT c0 AS c0, c3 AS c1 FROM
    (SELECT *, sqrt(CASE WHEN count(c2) OVER (PARTITION BY c1 RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) > 0 THEN greatest(list_sum(list_transform(list_transform(list(c2) FILTER (WHERE c2 IS NOT NULL) OVER (PARTITION BY c1 RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), lambda v: CAST(CAST(v AS DECIMAL(38,2)) - CAST(avg(CAST(c2 AS DOUBLE)) OVER (PARTITION BY c1 RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS DECIMAL(38,2)) AS DOUBLE)), lambda d: d * d)) - pow(list_sum(list_transform(list(c2) FILTER (WHERE c2 IS NOT NULL) OVER (PARTITION BY c1 RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), lambda v: CAST(CAST(v AS DECIMAL(38,2)) - CAST(avg(CAST(c2 AS DOUBLE)) OVER (PARTITION BY c1 RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS DECIMAL(38,2)) AS DOUBLE))), 2) / count(c2) OVER (PARTITION BY c1 RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), 0) / (count(c2) OVER (PARTITION BY c1 RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) - 0) END) AS c3 FROM
      (SELECT c0 AS c0, c2 AS c1, c4 AS c2 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1) AS t2) AS t3

-- rows
1 | 0.0
2 | 0.0
3 | 0.25
4 | 0.0
5 | 0.25

-- then
- 5 | 0.25
+ 6 | 0.25
