SELECT name FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer = c.customer AND o.product = 'cup')

-- passes
+ sub-queries to joins
+ remove correlation
  filters down
  keys of joins
  joins that only test
+ unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Project name
│   passes: each changed row by itself
└─ Join ANTI on customer = customer
   │   keyed: the rows of both sides by (customer); a change looks at the rows of its key
   ├─ Project customer, name
   │  │   passes: each changed row by itself
   │  └─ Scan customers
   │         passes: its changes
   └─ Project TRUE as i, customer
      │   passes: each changed row by itself
      └─ Distinct
         │   keyed: how often each row is there
         └─ Project customer
            │   passes: each changed row by itself
            └─ Filter (product = 'cup') AND (customer IS NOT NULL)
               │   passes: each changed row by itself
               └─ Project customer, product
                  │   passes: each changed row by itself
                  └─ Scan orders
                         passes: its changes

-- DuckDB
SELECT c0 AS "name" FROM
  (SELECT c1 AS c0 FROM
    (SELECT l0.c0 AS c0, l0.c1 AS c1 FROM
      (SELECT c0 AS c0, c1 AS c1 FROM
        (SELECT "customer" AS c0, "name" AS c1, "country" AS c2, "credit" AS c3 FROM "customers") AS t2) AS l0 ANTI JOIN
      (SELECT TRUE AS c0, c0 AS c1 FROM
        (SELECT DISTINCT * FROM
          (SELECT c0 AS c0 FROM
            (SELECT * FROM
              (SELECT c1 AS c0, c2 AS c1 FROM
                (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t3) AS t4 WHERE ((c1 = 'cup') AND (c0 IS NOT NULL))) AS t5) AS t6) AS t7) AS r1 ON l0.c0 = r1.c1) AS t8) AS t9

-- rows
Ada

-- then

