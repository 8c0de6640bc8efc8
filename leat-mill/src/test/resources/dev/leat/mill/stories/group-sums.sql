SELECT product, SUM(quantity) AS pieces, COUNT(*) AS n, AVG(price) AS mean FROM orders GROUP BY product

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Aggregate SUM(quantity), COUNT(*), AVG(price) by (product)
│   keyed: numbers and sums by (product)
└─ Project product, quantity, price
   │   passes: each changed row by itself
   └─ Scan orders
          passes: its changes

-- DuckDB
SELECT c0 AS "product", c1 AS "pieces", c2 AS "n", c3 AS "mean" FROM
  (SELECT c0 AS c0, CAST(sum(c1) AS BIGINT) AS c1, count(*) AS c2, CAST(CAST(sign((CAST(CAST(sum(c2) AS DECIMAL(28,2)) * CAST(100 AS DECIMAL(3,0)) AS HUGEINT) * 10000)) * ((2 * abs((CAST(CAST(sum(c2) AS DECIMAL(28,2)) * CAST(100 AS DECIMAL(3,0)) AS HUGEINT) * 10000)) + count(c2)) // (2 * count(c2))) AS DECIMAL(19,0)) * CAST(0.000001 AS DECIMAL(6,6)) AS DECIMAL(18,6)) AS c3 FROM
    (SELECT c2 AS c0, c3 AS c1, c4 AS c2 FROM
      (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1 GROUP BY c0) AS t2

-- rows
cup | 4 | 2 | 11.750000
null | null | 1 | 0.900000
tea | 6 | 2 | 3.500000

-- then
- tea | 6 | 2 | 3.500000
+ tea | 7 | 2 | 3.500000
