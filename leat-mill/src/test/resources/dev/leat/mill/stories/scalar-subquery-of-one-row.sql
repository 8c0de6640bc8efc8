SELECT id, (SELECT name FROM customers AS c WHERE c.customer = o.customer) AS name FROM orders AS o

-- passes
+ sub-queries to joins
+ remove correlation
  filters down
  keys of joins
  joins that only test
+ unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Project id, $f1 as name
│   passes: each changed row by itself
└─ Join LEFT on customer = customer
   │   keyed: the rows of both sides by (customer); a change looks at the rows of its key
   ├─ Project id, customer
   │  │   passes: each changed row by itself
   │  └─ Scan orders
   │         passes: its changes
   └─ Aggregate SINGLE_VALUE(name) by (customer)
      │   keyed: the different values with their counts by (customer); a best value that goes is looked for anew
      └─ Filter customer IS NOT NULL
         │   passes: each changed row by itself
         └─ Project customer, name
            │   passes: each changed row by itself
            └─ Scan customers
                   passes: its changes

-- DuckDB
SELECT c0 AS "id", c1 AS "name" FROM
  (SELECT c0 AS c0, c3 AS c1 FROM
    (SELECT l0.c0 AS c0, l0.c1 AS c1, r1.c0 AS c2, r1.c1 AS c3 FROM
      (SELECT c0 AS c0, c1 AS c1 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t2) AS l0 LEFT JOIN
      (SELECT c0 AS c0, (CASE WHEN count(*) > 1 THEN error('a sub-query that stands for one value gives several rows') ELSE min(c1) END) AS c1 FROM
        (SELECT * FROM
          (SELECT c0 AS c0, c1 AS c1 FROM
            (SELECT "customer" AS c0, "name" AS c1, "country" AS c2, "credit" AS c3 FROM "customers") AS t3) AS t4 WHERE (c0 IS NOT NULL)) AS t5 GROUP BY c0) AS r1 ON l0.c1 = r1.c0) AS t6) AS t7

-- rows
1 | Ada
2 | Ada
3 | Bo
4 | Bo
5 | null

-- then
- 5 | null
+ 6 | Bo
