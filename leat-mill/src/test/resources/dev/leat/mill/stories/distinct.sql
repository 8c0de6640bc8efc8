SELECT DISTINCT product, paid FROM orders

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Distinct
│   keyed: how often each row is there
└─ Project product, paid
   │   passes: each changed row by itself
   └─ Scan orders
          passes: its changes

-- DuckDB
SELECT c0 AS "product", c1 AS "paid" FROM
  (SELECT DISTINCT * FROM
    (SELECT c2 AS c0, c8 AS c1 FROM
      (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1) AS t2

-- rows
cup | true
null | false
tea | false
tea | true

-- then
+ cup | false
