SELECT id, (SELECT name FROM customers WHERE customer = 1) AS name FROM orders

-- passes
+ sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
+ unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Project id, $f0 as name
│   passes: each changed row by itself
└─ Join LEFT
   │   keyed: all rows of both sides; a change looks at every row of the other side
   ├─ Project id
   │  │   passes: each changed row by itself
   │  └─ Scan orders
   │         passes: its changes
   └─ Aggregate SINGLE_VALUE(name) by ()
      │   keyed: the different values with their counts for all rows; a best value that goes is looked for anew
      └─ Project name
         │   passes: each changed row by itself
         └─ Filter customer = 1
            │   passes: each changed row by itself
            └─ Project customer, name
               │   passes: each changed row by itself
               └─ Scan customers
                      passes: its changes

-- DuckDB
SELECT c0 AS "id", c1 AS "name" FROM
  (SELECT c0 AS c0, c1 AS c1 FROM
    (SELECT l0.c0 AS c0, r1.c0 AS c1 FROM
      (SELECT c0 AS c0 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t2) AS l0 LEFT JOIN
      (SELECT (CASE WHEN count(*) > 1 THEN error('a sub-query that stands for one value gives several rows') ELSE min(c0) END) AS c0 FROM
        (SELECT c1 AS c0 FROM
          (SELECT * FROM
            (SELECT c0 AS c0, c1 AS c1 FROM
              (SELECT "customer" AS c0, "name" AS c1, "country" AS c2, "credit" AS c3 FROM "customers") AS t3) AS t4 WHERE (c0 = 1)) AS t5) AS t6) AS r1 ON TRUE) AS t7) AS t8

-- rows
1 | Ada
2 | Ada
3 | Ada
4 | Ada
5 | Ada

-- then
- 5 | Ada
+ 6 | Ada
