SELECT o.id FROM orders o, customers c WHERE c.customer + 1 = o.customer + 1

-- passes
  sub-queries to joins
  remove correlation
+ filters down
+ keys of joins
  joins that only test
+ unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Project id
│   passes: each changed row by itself
└─ Join INNER on $f9 = $f4
   │   keyed: the rows of both sides by ($f9); a change looks at the rows of its key
   ├─ Project id, customer + 1 as $f9
   │  │   passes: each changed row by itself
   │  └─ Scan orders
   │         passes: its changes
   └─ Project customer + 1 as $f4
      │   passes: each changed row by itself
      └─ Scan customers
             passes: its changes

-- DuckDB
SELECT c0 AS "id" FROM
  (SELECT c0 AS c0 FROM
    (SELECT l0.c0 AS c0, l0.c1 AS c1, r1.c0 AS c2 FROM
      (SELECT c0 AS c0, (c1 + 1) AS c1 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t2) AS l0 JOIN
      (SELECT (c0 + 1) AS c0 FROM
        (SELECT "customer" AS c0, "name" AS c1, "country" AS c2, "credit" AS c3 FROM "customers") AS t3) AS r1 ON l0.c1 = r1.c0) AS t4) AS t5

-- rows
1
2
3
4

-- then
+ 6
