SELECT customer, STRING_AGG(product, '-' ORDER BY price DESC, product) AS p FROM orders GROUP BY customer

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: recomputed whole at each epoch in which an input changed: STRING_AGG of these arguments has no other form
Aggregate STRING_AGG(product, $f2 order by price desc, product) by (customer)
│   whole: STRING_AGG of these arguments has no other form
└─ Project customer, product, '-' as $f2, price
   │   passes: each changed row by itself
   └─ Scan orders
          passes: its changes

-- DuckDB
SELECT c0 AS "customer", c1 AS "p" FROM
  (SELECT c0 AS c0, string_agg(c1, '-' ORDER BY c3 DESC NULLS LAST, c1 ASC NULLS LAST, c1) AS c1 FROM
    (SELECT c1 AS c0, c2 AS c1, '-' AS c2, c4 AS c3 FROM
      (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1 GROUP BY c0) AS t2

-- rows
1 | tea-tea
2 | cup
null | cup

-- then
- 2 | cup
- null | cup
+ 2 | cup-cup
