SELECT product, COUNT(*) FILTER (WHERE paid) AS paid FROM orders GROUP BY product HAVING SUM(quantity) > 2

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Project product, paid
│   passes: each changed row by itself
└─ Filter $f2 > 2
   │   passes: each changed row by itself
   └─ Aggregate COUNT(*) filter $f1, SUM(quantity) by (product)
      │   keyed: numbers and sums by (product)
      └─ Project product, paid IS TRUE as $f1, quantity
         │   passes: each changed row by itself
         └─ Scan orders
                passes: its changes

-- DuckDB
SELECT c0 AS "product", c1 AS "paid" FROM
  (SELECT c0 AS c0, c1 AS c1 FROM
    (SELECT * FROM
      (SELECT c0 AS c0, count(*) FILTER (WHERE c1) AS c1, CAST(sum(c2) AS BIGINT) AS c2 FROM
        (SELECT c2 AS c0, (c8 IS TRUE) AS c1, c3 AS c2 FROM
          (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1 GROUP BY c0) AS t2 WHERE (c2 > CAST('2' AS BIGINT))) AS t3) AS t4

-- rows
cup | 2
tea | 1

-- then
- cup | 2
+ cup | 1
