SELECT o.id, e.at, e.amount FROM orders o LEFT ASOF JOIN (SELECT *, 'tea' AS product FROM events) e MATCH_CONDITION o.at >= e.at ON o.product = e.product

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
+ unused columns
  merge

-- plan: recomputed whole at each epoch in which an input changed: the right is another query for each row of the left
Project id, at0 as at, amount
│   passes: each changed row by itself
└─ Lateral LEFT of #0
   │   whole: the right is another query for each row of the left
   ├─ Project id, product, at
   │  │   passes: each changed row by itself
   │  └─ Scan orders
   │         passes: its changes
   └─ TopN 1 of all order by at desc, amount, product
      │   keyed: the first 1 rows of all in order, and the others to move up
      └─ Filter (#0.1 = product) AND (#0.2 >= at)
         │   whole: depends on a row around it
         └─ Project at, amount, 'tea' as product
            │   passes: each changed row by itself
            └─ Scan events
                   passes: its changes

-- DuckDB
SELECT c0 AS "id", c1 AS "at", c2 AS "amount" FROM
  (SELECT c0 AS c0, c3 AS c1, c4 AS c2 FROM
    (SELECT o0.c0 AS c0, o0.c1 AS c1, o0.c2 AS c2, r0.c0 AS c3, r0.c1 AS c4, r0.c2 AS c5 FROM
      (SELECT c0 AS c0, c2 AS c1, c5 AS c2 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t1) AS o0 LEFT JOIN LATERAL
      (SELECT * FROM
        (SELECT * FROM
          (SELECT c2 AS c0, c3 AS c1, 'tea' AS c2 FROM
            (SELECT "session" AS c0, "kind" AS c1, "at" AS c2, "amount" AS c3, "json" AS c4 FROM "events") AS t2) AS t3 WHERE ((o0.c1 = c2) AND (o0.c2 >= c0))) AS t4 ORDER BY t4.c0 DESC NULLS LAST, t4.c1 ASC NULLS LAST, t4.c2 ASC NULLS LAST LIMIT 1) AS r0 ON TRUE) AS t5) AS t6

-- rows
1 | 2024-10-04 00:00:00.0 | 3
2 | 2024-10-04 00:03:00.0 | null
3 | null | null
4 | null | null
5 | null | null

-- then
- 5 | null | null
+ 6 | null | null
