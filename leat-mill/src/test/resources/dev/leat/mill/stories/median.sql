SELECT product, MEDIAN(price) AS middle, COUNT(*) AS n FROM orders GROUP BY product

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live by groups: each epoch, those that changed are worked out anew
Aggregate MEDIAN(price), COUNT(*) by (product)
│   groups: the values by (product); MEDIAN of a group that changed is worked out anew from them
└─ Project product, price
   │   passes: each changed row by itself
   └─ Scan orders
          passes: its changes

-- DuckDB
SELECT c0 AS "product", c1 AS "middle", c2 AS "n" FROM
  (SELECT c0 AS c0, median(CAST(c1 AS DOUBLE)) AS c1, count(*) AS c2 FROM
    (SELECT c2 AS c0, c4 AS c1 FROM
      (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1 GROUP BY c0) AS t2

-- rows
cup | 11.75 | 2
null | 0.9 | 1
tea | 3.5 | 2

-- then

