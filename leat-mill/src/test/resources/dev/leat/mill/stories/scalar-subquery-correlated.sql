SELECT id FROM orders o WHERE price > (SELECT AVG(price) FROM orders i WHERE i.product = o.product)

-- passes
+ sub-queries to joins
+ remove correlation
  filters down
  keys of joins
  joins that only test
+ unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Project id
│   passes: each changed row by itself
└─ Join INNER on product = product where CAST(price AS DECIMAL(18,6)) > EXPR$0
   │   keyed: the rows of both sides by (product); a change looks at the rows of its key
   ├─ Project id, product, price
   │  │   passes: each changed row by itself
   │  └─ Scan orders
   │         passes: its changes
   └─ Aggregate AVG(price) by (product)
      │   keyed: numbers and sums by (product)
      └─ Filter product IS NOT NULL
         │   passes: each changed row by itself
         └─ Project product, price
            │   passes: each changed row by itself
            └─ Scan orders
                   passes: its changes

-- DuckDB
SELECT c0 AS "id" FROM
  (SELECT c0 AS c0 FROM
    (SELECT l0.c0 AS c0, l0.c1 AS c1, l0.c2 AS c2, r1.c0 AS c3, r1.c1 AS c4 FROM
      (SELECT c0 AS c0, c2 AS c1, c4 AS c2 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t2) AS l0 JOIN
      (SELECT c0 AS c0, CAST(CAST(sign((CAST(CAST(sum(c1) AS DECIMAL(28,2)) * CAST(100 AS DECIMAL(3,0)) AS HUGEINT) * 10000)) * ((2 * abs((CAST(CAST(sum(c1) AS DECIMAL(28,2)) * CAST(100 AS DECIMAL(3,0)) AS HUGEINT) * 10000)) + count(c1)) // (2 * count(c1))) AS DECIMAL(19,0)) * CAST(0.000001 AS DECIMAL(6,6)) AS DECIMAL(18,6)) AS c1 FROM
        (SELECT * FROM
          (SELECT c2 AS c0, c4 AS c1 FROM
            (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t3) AS t4 WHERE (c0 IS NOT NULL)) AS t5 GROUP BY c0) AS r1 ON l0.c1 = r1.c0 AND ((CAST(l0.c2 AS DECIMAL(18,6)) > r1.c1))) AS t6) AS t7

-- rows
3

-- then

