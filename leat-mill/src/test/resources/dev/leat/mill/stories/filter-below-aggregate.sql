SELECT product, SUM(n) AS n FROM (SELECT product, customer, COUNT(*) AS n FROM orders GROUP BY product, customer) AS t WHERE product <> 'cup' GROUP BY product

-- passes
  sub-queries to joins
  remove correlation
+ filters down
  keys of joins
  joins that only test
+ unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Aggregate SUM(n) by (product)
│   keyed: numbers and sums by (product)
└─ Project product, n
   │   passes: each changed row by itself
   └─ Aggregate COUNT(*) by (product, customer)
      │   keyed: numbers and sums by (product, customer)
      └─ Project product, customer
         │   passes: each changed row by itself
         └─ Filter product <> 'cup'
            │   passes: each changed row by itself
            └─ Project customer, product
               │   passes: each changed row by itself
               └─ Scan orders
                      passes: its changes

-- DuckDB
SELECT c0 AS "product", c1 AS "n" FROM
  (SELECT c0 AS c0, CAST(sum(c1) AS BIGINT) AS c1 FROM
    (SELECT c0 AS c0, c2 AS c1 FROM
      (SELECT c0 AS c0, c1 AS c1, count(*) AS c2 FROM
        (SELECT c1 AS c0, c0 AS c1 FROM
          (SELECT * FROM
            (SELECT c1 AS c0, c2 AS c1 FROM
              (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1 WHERE (c1 <> 'cup')) AS t2) AS t3 GROUP BY c0, c1) AS t4) AS t5 GROUP BY c0) AS t6

-- rows
tea | 2

-- then

