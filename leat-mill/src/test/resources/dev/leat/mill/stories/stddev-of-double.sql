SELECT customer, STDDEV_POP(weight) AS s FROM orders GROUP BY customer

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live by groups: each epoch, those that changed are worked out anew
Aggregate STDDEV_POP(weight) by (customer)
│   groups: the values by (customer); STDDEV_POP of a group that changed is worked out anew from them
└─ Project customer, weight
   │   passes: each changed row by itself
   └─ Scan orders
          passes: its changes

-- DuckDB
SELECT c0 AS "customer", c1 AS "s" FROM
  (SELECT c0 AS c0, sqrt(CASE WHEN count(c1) > 0 THEN list_sum(list_transform(list(c1) FILTER (WHERE c1 IS NOT NULL), lambda v: pow(v - avg(CAST(c1 AS DOUBLE)), 2))) / (count(c1) - 0) END) AS c1 FROM
    (SELECT c1 AS c0, c7 AS c1 FROM
      (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1 GROUP BY c0) AS t2

-- rows
1 | 0.125
2 | 0.0
null | 0.0

-- then
- 2 | 0.0
- null | 0.0
+ 2 | 0.875
