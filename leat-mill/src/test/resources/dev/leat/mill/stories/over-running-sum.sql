SELECT customer, id, SUM(price) OVER (PARTITION BY customer ORDER BY at ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running FROM orders

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live by groups: each epoch, those that changed are worked out anew
Project customer, id, CASE WHEN w4 > 0 THEN w5 ELSE NULL END as running
│   passes: each changed row by itself
└─ Window COUNT(price), SUM(price) over (customer) order by at ties (id, price) rows unbounded to 0
   │   groups: the rows by (customer); COUNT, SUM of a partition that changed is worked out anew
   └─ Project id, customer, price, at
      │   passes: each changed row by itself
      └─ Scan orders
             passes: its changes

-- DuckDB
SELECT c0 AS "customer", c1 AS "id", c2 AS "running" FROM
  (SELECT c1 AS c0, c0 AS c1, CASE WHEN (c4 > CAST('0' AS BIGINT)) THEN c5 ELSE CAST(NULL AS DECIMAL(18,2)) END AS c2 FROM
    (SELECT *, count(c2) OVER (PARTITION BY c1 ORDER BY c3 ASC NULLS LAST, c0 ASC NULLS LAST, c2 ASC NULLS LAST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS c4, CAST(sum(c2) OVER (PARTITION BY c1 ORDER BY c3 ASC NULLS LAST, c0 ASC NULLS LAST, c2 ASC NULLS LAST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS DECIMAL(18,2)) AS c5 FROM
      (SELECT c0 AS c0, c1 AS c1, c4 AS c2, c5 AS c3 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1) AS t2) AS t3

-- rows
1 | 1 | 3.50
1 | 2 | 7.00
2 | 3 | 12.00
2 | 4 | 12.90
null | 5 | 11.50

-- then
- null | 5 | 11.50
+ 2 | 6 | 24.40
