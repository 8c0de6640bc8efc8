SELECT customer, ARG_MAX(product, price) AS dearest FROM orders GROUP BY customer

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Aggregate ARG_MAX(product, price) by (customer)
│   keyed: the different values with their counts by (customer); a best value that goes is looked for anew
└─ Project customer, product, price
   │   passes: each changed row by itself
   └─ Scan orders
          passes: its changes

-- DuckDB
SELECT c0 AS "customer", c1 AS "dearest" FROM
  (SELECT c0 AS c0, arg_max(c1, ROW(c2, c1)) FILTER (WHERE c1 IS NOT NULL AND c2 IS NOT NULL) AS c1 FROM
    (SELECT c1 AS c0, c2 AS c1, c4 AS c2 FROM
      (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1 GROUP BY c0) AS t2

-- rows
1 | tea
2 | cup
null | cup

-- then
- null | cup
