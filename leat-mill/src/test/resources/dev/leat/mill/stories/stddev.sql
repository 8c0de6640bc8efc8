SELECT product, STDDEV_SAMP(price) AS s, VAR_POP(quantity) AS v FROM orders GROUP BY product

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Aggregate STDDEV_SAMP(price), VAR_POP(quantity) by (product)
│   keyed: numbers and sums by (product)
└─ Project product, price, quantity
   │   passes: each changed row by itself
   └─ Scan orders
          passes: its changes

-- DuckDB
SELECT c0 AS "product", c1 AS "s", c2 AS "v" FROM
  (SELECT c0 AS c0, sqrt(CASE WHEN count(c1) > 1 THEN greatest(list_sum(list_transform(list_transform(list(c1) FILTER (WHERE c1 IS NOT NULL), lambda v: CAST(CAST(v AS DECIMAL(38,2)) - CAST(avg(CAST(c1 AS DOUBLE)) AS DECIMAL(38,2)) AS DOUBLE)), lambda d: d * d)) - pow(list_sum(list_transform(list(c1) FILTER (WHERE c1 IS NOT NULL), lambda v: CAST(CAST(v AS DECIMAL(38,2)) - CAST(avg(CAST(c1 AS DOUBLE)) AS DECIMAL(38,2)) AS DOUBLE))), 2) / count(c1), 0) / (count(c1) - 1) END) AS c1, CASE WHEN count(c2) > 0 THEN greatest(list_sum(list_transform(list_transform(list(c2) FILTER (WHERE c2 IS NOT NULL), lambda v: CAST(CAST(v AS HUGEINT) - CAST(avg(CAST(c2 AS DOUBLE)) AS HUGEINT) AS DOUBLE)), lambda d: d * d)) - pow(list_sum(list_transform(list(c2) FILTER (WHERE c2 IS NOT NULL), lambda v: CAST(CAST(v AS HUGEINT) - CAST(avg(CAST(c2 AS DOUBLE)) AS HUGEINT) AS DOUBLE))), 2) / count(c2), 0) / (count(c2) - 0) END AS c2 FROM
    (SELECT c2 AS c0, c4 AS c1, c3 AS c2 FROM
      (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1 GROUP BY c0) AS t2

-- rows
cup | 0.3535533905932738 | 1.0
null | null | null
tea | 0.0 | 1.0

-- then
- tea | 0.0 | 1.0
+ tea | 0.0 | 2.25
