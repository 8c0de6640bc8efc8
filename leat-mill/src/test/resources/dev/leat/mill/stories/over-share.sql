SELECT id, price / SUM(price) OVER (PARTITION BY product) AS share FROM orders

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live by groups: each epoch, those that changed are worked out anew
Project id, price / CASE WHEN w3 > 0 THEN w4 ELSE NULL END as share
│   passes: each changed row by itself
└─ Window COUNT(price), SUM(price) over (product) range unbounded to unbounded
   │   groups: the rows by (product); COUNT, SUM of a partition that changed is worked out anew
   └─ Project id, product, price
      │   passes: each changed row by itself
      └─ Scan orders
             passes: its changes

-- DuckDB
SELECT c0 AS "id", c1 AS "share" FROM
  (SELECT c0 AS c0, CAST((CAST(((abs((CAST(CAST(c2 AS DECIMAL(38,2)) * CAST('100' AS DECIMAL(3,0)) AS HUGEINT) * CAST(CAST('100000000' AS DECIMAL(9,0)) AS HUGEINT))) + abs(CAST(CAST(CASE WHEN (c3 > CAST('0' AS BIGINT)) THEN c4 ELSE CAST(NULL AS DECIMAL(18,2)) END AS DECIMAL(38,2)) * CAST('100' AS DECIMAL(3,0)) AS HUGEINT)) // 2) // abs(CAST(CAST(CASE WHEN (c3 > CAST('0' AS BIGINT)) THEN c4 ELSE CAST(NULL AS DECIMAL(18,2)) END AS DECIMAL(38,2)) * CAST('100' AS DECIMAL(3,0)) AS HUGEINT))) * sign(c2) * sign(CASE WHEN (c3 > CAST('0' AS BIGINT)) THEN c4 ELSE CAST(NULL AS DECIMAL(18,2)) END) AS DECIMAL(38,0)) * CAST('0.00000001' AS DECIMAL(8,8))) AS DECIMAL(18,8)) AS c1 FROM
    (SELECT *, count(c2) OVER (PARTITION BY c1 RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS c3, CAST(sum(c2) OVER (PARTITION BY c1 RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS DECIMAL(18,2)) AS c4 FROM
      (SELECT c0 AS c0, c2 AS c1, c4 AS c2 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1) AS t2) AS t3

-- rows
1 | 0.50000000
2 | 0.50000000
3 | 0.51063830
4 | 1.00000000
5 | 0.48936170

-- then
- 5 | 0.48936170
+ 6 | 0.48936170
