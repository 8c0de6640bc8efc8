WITH dear AS (SELECT customer, price FROM orders WHERE price > 2), per AS (SELECT customer, SUM(price) AS s FROM dear GROUP BY customer) SELECT c.name, p.s FROM per p JOIN customers c ON c.customer = p.customer

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
+ unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Project name, s
│   passes: each changed row by itself
└─ Join INNER on customer = customer
   │   keyed: the rows of both sides by (customer); a change looks at the rows of its key
   ├─ Aggregate SUM(price) by (customer)
   │  │   keyed: numbers and sums by (customer)
   │  └─ Filter CAST(price AS DECIMAL(12,2)) > 2.00
   │     │   passes: each changed row by itself
   │     └─ Project customer, price
   │        │   passes: each changed row by itself
   │        └─ Scan orders
   │               passes: its changes
   └─ Project customer, name
      │   passes: each changed row by itself
      └─ Scan customers
             passes: its changes

-- DuckDB
SELECT c0 AS "name", c1 AS "s" FROM
  (SELECT c3 AS c0, c1 AS c1 FROM
    (SELECT l0.c0 AS c0, l0.c1 AS c1, r1.c0 AS c2, r1.c1 AS c3 FROM
      (SELECT c0 AS c0, CAST(sum(c1) AS DECIMAL(18,2)) AS c1 FROM
        (SELECT * FROM
          (SELECT c1 AS c0, c4 AS c1 FROM
            (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t2) AS t3 WHERE (CAST(c1 AS DECIMAL(12,2)) > CAST('2.00' AS DECIMAL(12,2)))) AS t4 GROUP BY c0) AS l0 JOIN
      (SELECT c0 AS c0, c1 AS c1 FROM
        (SELECT "customer" AS c0, "name" AS c1, "country" AS c2, "credit" AS c3 FROM "customers") AS t5) AS r1 ON l0.c0 = r1.c0) AS t6) AS t7

-- rows
Ada | 7.00
Bo | 12.00

-- then
- Bo | 12.00
+ Bo | 23.50
