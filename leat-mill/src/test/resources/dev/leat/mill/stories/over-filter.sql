SELECT id, SUM(quantity) FILTER (WHERE price > 500) OVER (PARTITION BY customer) AS s FROM orders

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live by groups: each epoch, those that changed are worked out anew
Project id, CASE WHEN w4 > 0 THEN w5 ELSE NULL END as s
│   passes: each changed row by itself
└─ Window COUNT(CASE WHEN CAST(price AS DECIMAL(12,2)) > 500.00 THEN quantity ELSE NULL END), SUM(CASE WHEN CAST(price AS DECIMAL(12,2)) > 500.00 THEN quantity ELSE NULL END) over (customer) range unbounded to unbounded
   │   groups: the rows by (customer); COUNT, SUM of a partition that changed is worked out anew
   └─ Project id, customer, quantity, price
      │   passes: each changed row by itself
      └─ Scan orders
             passes: its changes

-- DuckDB
SELECT c0 AS "id", c1 AS "s" FROM
  (SELECT c0 AS c0, CASE WHEN (c4 > CAST('0' AS BIGINT)) THEN c5 ELSE CAST(NULL AS BIGINT) END AS c1 FROM
    (SELECT *, count(CASE WHEN (CAST(c3 AS DECIMAL(12,2)) > CAST('500.00' AS DECIMAL(12,2))) THEN c2 ELSE CAST(NULL AS INTEGER) END) OVER (PARTITION BY c1 RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS c4, CAST(sum(CASE WHEN (CAST(c3 AS DECIMAL(12,2)) > CAST('500.00' AS DECIMAL(12,2))) THEN c2 ELSE CAST(NULL AS INTEGER) END) OVER (PARTITION BY c1 RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS BIGINT) AS c5 FROM
      (SELECT c0 AS c0, c1 AS c1, c3 AS c2, c4 AS c3 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1) AS t2) AS t3

-- rows
1 | null
2 | null
3 | null
4 | null
5 | null

-- then
- 5 | null
+ 6 | null
