SELECT customer, id, name FROM orders LEFT JOIN customers USING (customer)

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
+ unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Project COALESCE(customer, customer0) as customer, id, name
│   passes: each changed row by itself
└─ Join LEFT on customer = customer
   │   keyed: the rows of both sides by (customer); a change looks at the rows of its key
   ├─ Project id, customer
   │  │   passes: each changed row by itself
   │  └─ Scan orders
   │         passes: its changes
   └─ Project customer, name
      │   passes: each changed row by itself
      └─ Scan customers
             passes: its changes

-- DuckDB
SELECT c0 AS "customer", c1 AS "id", c2 AS "name" FROM
  (SELECT coalesce(c1, c2) AS c0, c0 AS c1, c3 AS c2 FROM
    (SELECT l0.c0 AS c0, l0.c1 AS c1, r1.c0 AS c2, r1.c1 AS c3 FROM
      (SELECT c0 AS c0, c1 AS c1 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t2) AS l0 LEFT JOIN
      (SELECT c0 AS c0, c1 AS c1 FROM
        (SELECT "customer" AS c0, "name" AS c1, "country" AS c2, "credit" AS c3 FROM "customers") AS t3) AS r1 ON l0.c1 = r1.c0) AS t4) AS t5

-- rows
1 | 1 | Ada
1 | 2 | Ada
2 | 3 | Bo
2 | 4 | Bo
null | 5 | null

-- then
- null | 5 | null
+ 2 | 6 | Bo
