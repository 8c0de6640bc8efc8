SELECT customer, id, price FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY customer ORDER BY price DESC) AS rn FROM orders) AS t WHERE rn <= 1

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
+ unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Project customer, id, price
│   passes: each changed row by itself
└─ TopN 1 of (customer) order by price desc, id
   │   keyed: the first 1 rows by (customer) in order, and the others to move up
   └─ Project id, customer, price
      │   passes: each changed row by itself
      └─ Scan orders
             passes: its changes

-- DuckDB
SELECT c0 AS "customer", c1 AS "id", c2 AS "price" FROM
  (SELECT c1 AS c0, c0 AS c1, c2 AS c2 FROM
    (SELECT c0, c1, c2 FROM
      (SELECT *, row_number() OVER (PARTITION BY c1 ORDER BY c2 DESC NULLS LAST, c0 ASC NULLS LAST) AS c3 FROM
        (SELECT c0 AS c0, c1 AS c1, c4 AS c2 FROM
          (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1) AS t2 WHERE c3 <= 1) AS t3) AS t4

-- rows
1 | 1 | 3.50
2 | 3 | 12.00
null | 5 | 11.50

-- then
- null | 5 | 11.50
