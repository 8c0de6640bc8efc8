SELECT customer FROM orders INTERSECT SELECT customer FROM customers

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live: a step costs by what changes in it
INTERSECT
│   keyed: how often each row is there on each side
├─ Project customer
│  │   passes: each changed row by itself
│  └─ Scan orders
│         passes: its changes
└─ Project customer
   │   passes: each changed row by itself
   └─ Scan customers
          passes: its changes

-- DuckDB
SELECT c0 AS "customer" FROM (
    (SELECT * FROM
      (SELECT c1 AS c0 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1) INTERSECT
    (SELECT * FROM
      (SELECT c0 AS c0 FROM
        (SELECT "customer" AS c0, "name" AS c1, "country" AS c2, "credit" AS c3 FROM "customers") AS t2) AS t3)) AS t4

-- rows
1
2

-- then

