SELECT id, price FROM orders WHERE product = 'tea' QUALIFY RANK() OVER (PARTITION BY customer ORDER BY price) = 1

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
+ unused columns
  merge

-- plan: kept live by groups: each epoch, those that changed are worked out anew
Project id, price
│   passes: each changed row by itself
└─ Filter w3 = 1
   │   passes: each changed row by itself
   └─ Window RANK() over (customer) order by price
      │   groups: the rows by (customer); RANK of a partition that changed is worked out anew
      └─ Project id, customer, price
         │   passes: each changed row by itself
         └─ Filter product = 'tea'
            │   passes: each changed row by itself
            └─ Project id, customer, product, price
               │   passes: each changed row by itself
               └─ Scan orders
                      passes: its changes

-- DuckDB
SELECT c0 AS "id", c1 AS "price" FROM
  (SELECT c0 AS c0, c2 AS c1 FROM
    (SELECT * FROM
      (SELECT *, CAST(rank() OVER (PARTITION BY c1 ORDER BY c2 ASC NULLS LAST) AS BIGINT) AS c3 FROM
        (SELECT c0 AS c0, c1 AS c1, c3 AS c2 FROM
          (SELECT * FROM
            (SELECT c0 AS c0, c1 AS c1, c2 AS c2, c4 AS c3 FROM
              (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1 WHERE (c2 = 'tea')) AS t2) AS t3) AS t4 WHERE (c3 = CAST('1' AS BIGINT))) AS t5) AS t6

-- rows
1 | 3.50
2 | 3.50

-- then

