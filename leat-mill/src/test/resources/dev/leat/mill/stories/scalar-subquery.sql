SELECT id FROM orders WHERE price > (SELECT AVG(price) FROM orders)

-- passes
+ sub-queries to joins
  remove correlation
+ filters down
  keys of joins
  joins that only test
+ unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Project id
│   passes: each changed row by itself
└─ Join INNER where CAST(price AS DECIMAL(18,6)) > EXPR$0
   │   keyed: all rows of both sides; a change looks at every row of the other side
   ├─ Project id, price
   │  │   passes: each changed row by itself
   │  └─ Scan orders
   │         passes: its changes
   └─ Aggregate AVG(price) by ()
      │   keyed: numbers and sums for all rows
      └─ Project price
         │   passes: each changed row by itself
         └─ Scan orders
                passes: its changes

-- DuckDB
SELECT c0 AS "id" FROM
  (SELECT c0 AS c0 FROM
    (SELECT l0.c0 AS c0, l0.c1 AS c1, r1.c0 AS c2 FROM
      (SELECT c0 AS c0, c4 AS c1 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t2) AS l0 JOIN
      (SELECT CAST(CAST(sign((CAST(CAST(sum(c0) AS DECIMAL(28,2)) * CAST(100 AS DECIMAL(3,0)) AS HUGEINT) * 10000)) * ((2 * abs((CAST(CAST(sum(c0) AS DECIMAL(28,2)) * CAST(100 AS DECIMAL(3,0)) AS HUGEINT) * 10000)) + count(c0)) // (2 * count(c0))) AS DECIMAL(19,0)) * CAST(0.000001 AS DECIMAL(6,6)) AS DECIMAL(18,6)) AS c0 FROM
        (SELECT c4 AS c0 FROM
          (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t3) AS t4) AS r1 ON ((CAST(l0.c1 AS DECIMAL(18,6)) > r1.c0))) AS t5) AS t6

-- rows
3
5

-- then
- 5
+ 6
