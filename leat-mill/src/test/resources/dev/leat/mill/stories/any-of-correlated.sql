SELECT id FROM orders WHERE price > ANY (SELECT credit FROM customers c WHERE c.customer = orders.customer)

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
└─ Join INNER on customer_null = customer_null and customer_value = customer_value where ((price > m) AND (((trueLiteral IS NULL) OR (c = 0)) IS NOT TRUE)) OR ((price > m) AND (((trueLiteral IS NULL) OR (c = 0)) IS NOT TRUE) AND ((price > m) IS NOT TRUE) AND (c <= d))
   │   keyed: the rows of both sides by (customer_null, customer_value); a change looks at the rows of its key
   ├─ Project id, customer, price, customer IS NULL as customer_null, COALESCE(customer, 0) as customer_value
   │  │   passes: each changed row by itself
   │  └─ Scan orders
   │         passes: its changes
   └─ Project customer, m, CASE WHEN c IS NOT NULL THEN c ELSE 0 END as c, CASE WHEN d IS NOT NULL THEN d ELSE 0 END as d, trueLiteral, customer IS NULL as customer_null, COALESCE(customer, 0) as customer_value
      │   passes: each changed row by itself
      └─ Join LEFT on customer_null = customer_null and customer_value = customer_value
         │   keyed: the rows of both sides by (customer_null, customer_value); a change looks at the rows of its key
         ├─ Project customer, customer IS NULL as customer_null, COALESCE(customer, 0) as customer_value
         │  │   passes: each changed row by itself
         │  └─ Distinct
         │     │   keyed: how often each row is there
         │     └─ Project customer
         │        │   passes: each changed row by itself
         │        └─ Scan orders
         │               passes: its changes
         └─ Project customer, m, c, d, TRUE as trueLiteral, customer IS NULL as customer_null, COALESCE(customer, 0) as customer_value
            │   passes: each changed row by itself
            └─ Aggregate MIN(credit), COUNT(*), COUNT(credit) by (customer)
               │   keyed: the different values with their counts by (customer); a best value that goes is looked for anew
               └─ Project customer, CAST(credit AS DECIMAL(10,2)) as credit
                  │   passes: each changed row by itself
                  └─ Filter customer IS NOT NULL
                     │   passes: each changed row by itself
                     └─ Project customer, credit
                        │   passes: each changed row by itself
                        └─ Scan customers
                               passes: its changes

-- DuckDB
SELECT c0 AS "id" FROM
  (SELECT c0 AS c0 FROM
    (SELECT l0.c0 AS c0, l0.c1 AS c1, l0.c2 AS c2, l0.c3 AS c3, l0.c4 AS c4, r1.c0 AS c5, r1.c1 AS c6, r1.c2 AS c7, r1.c3 AS c8, r1.c4 AS c9, r1.c5 AS c10, r1.c6 AS c11 FROM
      (SELECT c0 AS c0, c1 AS c1, c4 AS c2, (c1 IS NULL) AS c3, coalesce(c1, 0) AS c4 FROM
        (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t2) AS l0 JOIN
      (SELECT c0 AS c0, c4 AS c1, CASE WHEN (c5 IS NOT NULL) THEN c5 ELSE CAST('0' AS BIGINT) END AS c2, CASE WHEN (c6 IS NOT NULL) THEN c6 ELSE CAST('0' AS BIGINT) END AS c3, c7 AS c4, (c0 IS NULL) AS c5, coalesce(c0, 0) AS c6 FROM
        (SELECT l3.c0 AS c0, l3.c1 AS c1, l3.c2 AS c2, r4.c0 AS c3, r4.c1 AS c4, r4.c2 AS c5, r4.c3 AS c6, r4.c4 AS c7, r4.c5 AS c8, r4.c6 AS c9 FROM
          (SELECT c0 AS c0, (c0 IS NULL) AS c1, coalesce(c0, 0) AS c2 FROM
            (SELECT DISTINCT * FROM
              (SELECT c1 AS c0 FROM
                (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t5) AS t6) AS t7) AS l3 LEFT JOIN
          (SELECT c0 AS c0, c1 AS c1, c2 AS c2, c3 AS c3, TRUE AS c4, (c0 IS NULL) AS c5, coalesce(c0, 0) AS c6 FROM
            (SELECT c0 AS c0, min(c1) AS c1, count(*) AS c2, count(c1) AS c3 FROM
              (SELECT c0 AS c0, CAST(c1 AS DECIMAL(10,2)) AS c1 FROM
                (SELECT * FROM
                  (SELECT c0 AS c0, c3 AS c1 FROM
                    (SELECT "customer" AS c0, "name" AS c1, "country" AS c2, "credit" AS c3 FROM "customers") AS t8) AS t9 WHERE (c0 IS NOT NULL)) AS t10) AS t11 GROUP BY c0) AS t12) AS r4 ON l3.c1 = r4.c5 AND l3.c2 = r4.c6) AS t13) AS r1 ON l0.c3 = r1.c5 AND l0.c4 = r1.c6 AND ((((l0.c2 > r1.c1) AND (((r1.c4 IS NULL) OR (r1.c2 = CAST('0' AS BIGINT))) IS NOT TRUE)) OR ((((l0.c2 > r1.c1) AND (((r1.c4 IS NULL) OR (r1.c2 = CAST('0' AS BIGINT))) IS NOT TRUE)) AND ((l0.c2 > r1.c1) IS NOT TRUE)) AND (r1.c2 <= r1.c3))))) AS t14) AS t15

-- rows


-- then

