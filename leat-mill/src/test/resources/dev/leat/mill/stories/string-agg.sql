SELECT customer, STRING_AGG(product, '+') AS products FROM orders GROUP BY customer

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live by groups: each epoch, those that changed are worked out anew
Aggregate STRING_AGG(product, $f2) by (customer)
│   groups: the values by (customer); STRING_AGG of a group that changed is worked out anew from them
└─ Project customer, product, '+' as $f2
   │   passes: each changed row by itself
   └─ Scan orders
          passes: its changes

-- DuckDB
SELECT c0 AS "customer", c1 AS "products" FROM
  (SELECT c0 AS c0, string_agg(c1, '+' ORDER BY c1) AS c1 FROM
    (SELECT c1 AS c0, c2 AS c1, '+' AS c2 FROM
      (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1 GROUP BY c0) AS t2

-- rows
1 | tea+tea
2 | cup
null | cup

-- then
- 2 | cup
- null | cup
+ 2 | cup+cup
