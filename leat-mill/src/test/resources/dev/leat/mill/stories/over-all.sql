SELECT id, RANK() OVER (ORDER BY price DESC) AS rank FROM orders

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: recomputed whole at each epoch in which an input changed: RANK OVER without PARTITION BY: a change may move every row
Project id, w2 as rank
│   passes: each changed row by itself
└─ Window RANK() over () order by price desc
   │   whole: RANK OVER without PARTITION BY: a change may move every row
   └─ Project id, price
      │   passes: each changed row by itself
      └─ Scan orders
             passes: its changes

-- DuckDB
SELECT c0 AS "id", c1 AS "rank" FROM
  (SELECT c0 AS c0, c2 AS c1 FROM
    (SELECT *, CAST(rank() OVER (ORDER BY c1 DESC NULLS LAST) AS BIGINT) AS c2 FROM
      (SELECT c0 AS c0, c4 AS c1 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1) AS t2) AS t3

-- rows
1 | 3
2 | 3
3 | 1
4 | 5
5 | 2

-- then
- 5 | 2
+ 6 | 2
