SELECT c.name FROM customers c JOIN (SELECT DISTINCT customer FROM orders) o ON o.customer = c.customer

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
+ joins that only test
+ unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Project name
│   passes: each changed row by itself
└─ Join SEMI on customer = customer
   │   keyed: the rows of both sides by (customer); a change looks at the rows of its key
   ├─ Project customer, name
   │  │   passes: each changed row by itself
   │  └─ Scan customers
   │         passes: its changes
   └─ Project customer
      │   passes: each changed row by itself
      └─ Scan orders
             passes: its changes

-- DuckDB
SELECT c0 AS "name" FROM
  (SELECT c1 AS c0 FROM
    (SELECT l0.c0 AS c0, l0.c1 AS c1 FROM
      (SELECT c0 AS c0, c1 AS c1 FROM
        (SELECT "customer" AS c0, "name" AS c1, "country" AS c2, "credit" AS c3 FROM "customers") AS t2) AS l0 SEMI JOIN
      (SELECT c1 AS c0 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t3) AS r1 ON l0.c0 = r1.c0) AS t4) AS t5

-- rows
Ada
Bo

-- then

