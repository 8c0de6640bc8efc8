SELECT id FROM orders WHERE (customer, product) NOT IN (SELECT customer, name FROM customers)

-- passes
+ sub-queries to joins
+ remove correlation
  filters down
  keys of joins
  joins that only test
+ unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Project id
│   passes: each changed row by itself
└─ Join ANTI on customer_null = customer0_null and customer_value = customer0_value and product_null = product_null and product_value = product_value
   │   keyed: the rows of both sides by (customer_null, customer_value, product_null, product_value); a change looks at the rows of its key
   ├─ Project id, customer, product, customer IS NULL as customer_null, COALESCE(customer, 0) as customer_value, product IS NULL as product_null, COALESCE(product, '') as product_value
   │  │   passes: each changed row by itself
   │  └─ Scan orders
   │         passes: its changes
   └─ Project TRUE as i, customer0, product, customer0 IS NULL as customer0_null, COALESCE(customer0, 0) as customer0_value, product IS NULL as product_null, COALESCE(product, '') as product_value
      │   passes: each changed row by itself
      └─ Distinct
         │   keyed: how often each row is there
         └─ Project customer0, product
            │   passes: each changed row by itself
            └─ Join INNER where ((customer = customer) AND (product = name)) IS NOT FALSE
               │   keyed: all rows of both sides; a change looks at every row of the other side
               ├─ Project customer, name
               │  │   passes: each changed row by itself
               │  └─ Scan customers
               │         passes: its changes
               └─ Distinct
                  │   keyed: how often each row is there
                  └─ Project customer, product
                     │   passes: each changed row by itself
                     └─ Scan orders
                            passes: its changes

-- DuckDB
SELECT c0 AS "id" FROM
  (SELECT c0 AS c0 FROM
    (SELECT l0.c0 AS c0, l0.c1 AS c1, l0.c2 AS c2, l0.c3 AS c3, l0.c4 AS c4, l0.c5 AS c5, l0.c6 AS c6 FROM
      (SELECT c0 AS c0, c1 AS c1, c2 AS c2, (c1 IS NULL) AS c3, coalesce(c1, 0) AS c4, (c2 IS NULL) AS c5, coalesce(c2, '') AS c6 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t2) AS l0 ANTI JOIN
      (SELECT TRUE AS c0, c0 AS c1, c1 AS c2, (c0 IS NULL) AS c3, coalesce(c0, 0) AS c4, (c1 IS NULL) AS c5, coalesce(c1, '') AS c6 FROM
        (SELECT DISTINCT * FROM
          (SELECT c2 AS c0, c3 AS c1 FROM
            (SELECT l3.c0 AS c0, l3.c1 AS c1, r4.c0 AS c2, r4.c1 AS c3 FROM
              (SELECT c0 AS c0, c1 AS c1 FROM
                (SELECT "customer" AS c0, "name" AS c1, "country" AS c2, "credit" AS c3 FROM "customers") AS t5) AS l3 JOIN
              (SELECT DISTINCT * FROM
                (SELECT c1 AS c0, c2 AS c1 FROM
                  (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t6) AS t7) AS r4 ON ((((r4.c0 = l3.c0) AND (r4.c1 = l3.c1)) IS NOT FALSE))) AS t8) AS t9) AS t10) AS r1 ON l0.c3 = r1.c3 AND l0.c4 = r1.c4 AND l0.c5 = r1.c5 AND l0.c6 = r1.c6) AS t11) AS t12

-- rows
1
2
3
5

-- then
- 5
+ 6
