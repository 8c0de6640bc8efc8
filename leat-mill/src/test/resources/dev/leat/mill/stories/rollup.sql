SELECT product, paid, COUNT(*) AS n FROM orders GROUP BY ROLLUP(product, paid)

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live: a step costs by what changes in it
UnionAll
│   passes: the changes of all inputs
├─ Aggregate COUNT(*) by (product, paid)
│  │   keyed: numbers and sums by (product, paid)
│  └─ Project product, paid
│     │   passes: each changed row by itself
│     └─ Scan orders
│            passes: its changes
├─ Project product, NULL as paid, n
│  │   passes: each changed row by itself
│  └─ Aggregate COUNT(*) by (product)
│     │   keyed: numbers and sums by (product)
│     └─ Project product, paid
│        │   passes: each changed row by itself
│        └─ Scan orders
│               passes: its changes
└─ Project NULL as product, NULL as paid, n
   │   passes: each changed row by itself
   └─ Aggregate COUNT(*) by ()
      │   keyed: numbers and sums for all rows
      └─ Project product, paid
         │   passes: each changed row by itself
         └─ Scan orders
                passes: its changes

-- DuckDB
SELECT c0 AS "product", c1 AS "paid", c2 AS "n" FROM (
    (SELECT * FROM
      (SELECT c0 AS c0, c1 AS c1, count(*) AS c2 FROM
        (SELECT c2 AS c0, c8 AS c1 FROM
          (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1 GROUP BY c0, c1) AS t2) UNION ALL
    (SELECT * FROM
      (SELECT c0 AS c0, CAST(NULL AS BOOLEAN) AS c1, c1 AS c2 FROM
        (SELECT c0 AS c0, count(*) AS c1 FROM
          (SELECT c2 AS c0, c8 AS c1 FROM
            (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t3) AS t4 GROUP BY c0) AS t5) AS t6) UNION ALL
    (SELECT * FROM
      (SELECT CAST(NULL AS VARCHAR) AS c0, CAST(NULL AS BOOLEAN) AS c1, c0 AS c2 FROM
        (SELECT count(*) AS c0 FROM
          (SELECT c2 AS c0, c8 AS c1 FROM
            (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t7) AS t8) AS t9) AS t10)) AS t11

-- rows
cup | null | 2
cup | true | 2
null | false | 1
null | null | 1
null | null | 5
tea | false | 1
tea | null | 2
tea | true | 1

-- then
- cup | true | 2
+ cup | false | 1
+ cup | true | 1
