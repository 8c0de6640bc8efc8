SELECT id, COUNT(*) OVER (PARTITION BY customer) AS of_customer, COUNT(*) OVER (PARTITION BY product) AS of_product FROM orders

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live by groups: each epoch, those that changed are worked out anew
Project id, w3 as of_customer, w4 as of_product
│   passes: each changed row by itself
└─ Window COUNT() over (product) range unbounded to unbounded
   │   groups: the rows by (product); COUNT of a partition that changed is worked out anew
   └─ Window COUNT() over (customer) range unbounded to unbounded
      │   groups: the rows by (customer); COUNT of a partition that changed is worked out anew
      └─ Project id, customer, product
         │   passes: each changed row by itself
         └─ Scan orders
                passes: its changes

-- DuckDB
SELECT c0 AS "id", c1 AS "of_customer", c2 AS "of_product" FROM
  (SELECT c0 AS c0, c3 AS c1, c4 AS c2 FROM
    (SELECT *, count(*) OVER (PARTITION BY c2 RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS c4 FROM
      (SELECT *, count(*) OVER (PARTITION BY c1 RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS c3 FROM
        (SELECT c0 AS c0, c1 AS c1, c2 AS c2 FROM
          (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1) AS t2) AS t3) AS t4

-- rows
1 | 2 | 2
2 | 2 | 2
3 | 2 | 2
4 | 2 | 1
5 | 1 | 2

-- then
- 3 | 2 | 2
- 4 | 2 | 1
- 5 | 1 | 2
+ 3 | 3 | 2
+ 4 | 3 | 1
+ 6 | 3 | 2
