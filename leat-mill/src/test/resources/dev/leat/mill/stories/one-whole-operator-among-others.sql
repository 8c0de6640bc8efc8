SELECT t.rank, COUNT(*) AS n FROM (SELECT RANK() OVER (ORDER BY quantity) AS rank FROM orders) AS t GROUP BY t.rank

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: recomputed whole at each epoch in which an input changed: RANK OVER without PARTITION BY: a change may move every row
Aggregate COUNT(*) by (rank)
│   keyed: numbers and sums by (rank)
└─ Project w1 as rank
   │   passes: each changed row by itself
   └─ Window RANK() over () order by quantity
      │   whole: RANK OVER without PARTITION BY: a change may move every row
      └─ Project quantity
         │   passes: each changed row by itself
         └─ Scan orders
                passes: its changes

-- DuckDB
SELECT c0 AS "rank", c1 AS "n" FROM
  (SELECT c0 AS c0, count(*) AS c1 FROM
    (SELECT c1 AS c0 FROM
      (SELECT *, CAST(rank() OVER (ORDER BY c0 ASC NULLS LAST) AS BIGINT) AS c1 FROM
        (SELECT c3 AS c0 FROM
          (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1) AS t2) AS t3 GROUP BY c0) AS t4

-- rows
1 | 1
2 | 1
3 | 1
4 | 1
5 | 1

-- then

