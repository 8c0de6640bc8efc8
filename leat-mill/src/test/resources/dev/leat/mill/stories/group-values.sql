SELECT product, MIN(price) AS low, COUNT(DISTINCT customer) AS customers FROM orders GROUP BY product

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Aggregate MIN(price), COUNT(distinct customer) by (product)
│   keyed: the different values with their counts by (product); a best value that goes is looked for anew
└─ Project product, price, customer
   │   passes: each changed row by itself
   └─ Scan orders
          passes: its changes

-- DuckDB
SELECT c0 AS "product", c1 AS "low", c2 AS "customers" FROM
  (SELECT c0 AS c0, min(c1) AS c1, count(DISTINCT c2) AS c2 FROM
    (SELECT c2 AS c0, c4 AS c1, c1 AS c2 FROM
      (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1 GROUP BY c0) AS t2

-- rows
cup | 11.50 | 1
null | 0.90 | 1
tea | 3.50 | 1

-- then

