SELECT customer, id, RANK() OVER (PARTITION BY customer ORDER BY price DESC) AS rank FROM orders

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live by groups: each epoch, those that changed are worked out anew
Project customer, id, w3 as rank
│   passes: each changed row by itself
└─ Window RANK() over (customer) order by price desc
   │   groups: the rows by (customer); RANK of a partition that changed is worked out anew
   └─ Project id, customer, price
      │   passes: each changed row by itself
      └─ Scan orders
             passes: its changes

-- DuckDB
SELECT c0 AS "customer", c1 AS "id", c2 AS "rank" FROM
  (SELECT c1 AS c0, c0 AS c1, c3 AS c2 FROM
    (SELECT *, CAST(rank() OVER (PARTITION BY c1 ORDER BY c2 DESC NULLS LAST) AS BIGINT) AS c3 FROM
      (SELECT c0 AS c0, c1 AS c1, c4 AS c2 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1) AS t2) AS t3

-- rows
1 | 1 | 1
1 | 2 | 1
2 | 3 | 1
2 | 4 | 2
null | 5 | 1

-- then
- 2 | 4 | 2
- null | 5 | 1
+ 2 | 4 | 3
+ 2 | 6 | 2
