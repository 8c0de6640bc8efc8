SELECT id, price FROM orders ORDER BY price LIMIT 2 OFFSET 1

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Project id, price
│   passes: each changed row by itself
└─ Filter row_number > 1
   │   passes: each changed row by itself
   └─ TopN 3 of all order by price, id numbered
      │   keyed: the first 3 rows of all in order, and the others to move up
      └─ Project id, price
         │   passes: each changed row by itself
         └─ Scan orders
                passes: its changes

-- DuckDB
SELECT c0 AS "id", c1 AS "price" FROM
  (SELECT c0 AS c0, c1 AS c1 FROM
    (SELECT * FROM
      (SELECT c0, c1, c2 FROM
        (SELECT *, row_number() OVER (ORDER BY c1 ASC NULLS LAST, c0 ASC NULLS LAST) AS c2 FROM
          (SELECT c0 AS c0, c4 AS c1 FROM
            (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1) AS t2 WHERE c2 <= 3) AS t3 WHERE (c2 > CAST('1' AS BIGINT))) AS t4) AS t5

-- rows
1 | 3.50
2 | 3.50

-- then

