SELECT id, LAST_VALUE(id) OVER (PARTITION BY customer ORDER BY product) AS last_id FROM orders

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live by groups: each epoch, those that changed are worked out anew
Project id, w3 as last_id
│   passes: each changed row by itself
└─ Window LAST_VALUE(id) over (customer) order by product ties (id) range unbounded to 0
   │   groups: the rows by (customer); LAST_VALUE of a partition that changed is worked out anew
   └─ Project id, customer, product
      │   passes: each changed row by itself
      └─ Scan orders
             passes: its changes

-- DuckDB
SELECT c0 AS "id", c1 AS "last_id" FROM
  (SELECT c0 AS c0, c3 AS c1 FROM
    (SELECT *, CAST(last_value(c0 ORDER BY c2 ASC NULLS LAST, c0 ASC NULLS LAST) OVER (PARTITION BY c1 ORDER BY c2 ASC NULLS LAST RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT) AS c3 FROM
      (SELECT c0 AS c0, c1 AS c1, c2 AS c2 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1) AS t2) AS t3

-- rows
1 | 2
2 | 2
3 | 3
4 | 4
5 | 5

-- then
- 3 | 3
- 5 | 5
+ 3 | 6
+ 6 | 6
