WITH RECURSIVE up AS (SELECT id FROM orders UNION ALL SELECT id + 1 FROM up WHERE id < 3) SELECT id FROM up

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
+ unused columns
  merge

-- plan: recomputed whole at each epoch in which an input changed: WITH RECURSIVE up
Recursive up
│   whole: WITH RECURSIVE up
├─ Project id
│  │   passes: each changed row by itself
│  └─ Scan orders
│         passes: its changes
└─ Project id + 1 as EXPR$0
   │   passes: each changed row by itself
   └─ Filter id < 3
      │   passes: each changed row by itself
      └─ Itself up
             whole: the rows of the round before

-- DuckDB
SELECT c0 AS "id" FROM (WITH RECURSIVE "rounds of up"(c0, round) AS (
      (SELECT *, 0 FROM
        (SELECT c0 AS c0 FROM
          (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1) UNION ALL
      (SELECT t4.*, n FROM
        (SELECT (c0 + CAST('1' AS BIGINT)) AS c0 FROM
          (SELECT * FROM
            (SELECT c0 FROM "rounds of up") AS t2 WHERE (c0 < CAST('3' AS BIGINT))) AS t3) AS t4,
        (SELECT CASE WHEN max(round) >= 10000 THEN error('WITH RECURSIVE up has not ended after 10000 rounds.') ELSE max(round) + 1 END AS n FROM "rounds of up") AS t5)) SELECT c0 FROM "rounds of up") AS t6

-- rows
1
2
2
3
3
3
4
5

-- then
- 5
+ 6
