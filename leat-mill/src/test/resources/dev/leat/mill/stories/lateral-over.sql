SELECT c.name, p.id, p.n FROM customers c LEFT JOIN LATERAL (SELECT o.id, RANK() OVER (ORDER BY o.price) AS n FROM orders o WHERE o.customer = c.customer) p ON TRUE

-- passes
  sub-queries to joins
  remove correlation

-- plan: recomputed whole at each epoch in which an input changed: the right is another query for each row of the left
Project name, id, n
│   passes: each changed row by itself
└─ Lateral LEFT of #0
   │   whole: the right is another query for each row of the left
   ├─ Scan customers
   │      passes: its changes
   └─ Project id, w2 as n
      │   passes: each changed row by itself
      └─ Window RANK() over () order by price
         │   whole: RANK OVER without PARTITION BY: a change may move every row
         └─ Project id, price
            │   passes: each changed row by itself
            └─ Filter customer = #0.0
               │   whole: depends on a row around it
               └─ Scan orders
                      passes: its changes

-- DuckDB
SELECT c0 AS "name", c1 AS "id", c2 AS "n" FROM
  (SELECT c1 AS c0, c4 AS c1, c5 AS c2 FROM
    (SELECT o0.c0 AS c0, o0.c1 AS c1, o0.c2 AS c2, o0.c3 AS c3, r0.c0 AS c4, r0.c1 AS c5 FROM
      (SELECT "customer" AS c0, "name" AS c1, "country" AS c2, "credit" AS c3 FROM "customers") AS o0 LEFT JOIN LATERAL
      (SELECT c0 AS c0, c2 AS c1 FROM
        (SELECT *, CAST(rank() OVER (ORDER BY c1 ASC NULLS LAST) AS BIGINT) AS c2 FROM
          (SELECT c0 AS c0, c4 AS c1 FROM
            (SELECT * FROM
              (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t1 WHERE (c1 = o0.c0)) AS t2) AS t3) AS t4) AS r0 ON TRUE) AS t5) AS t6

-- rows
Ada | 1 | 1
Ada | 2 | 1
Bo | 3 | 2
Bo | 4 | 1

-- then
- Bo | 3 | 2
+ Bo | 3 | 3
+ Bo | 6 | 2
