SELECT id, quantity * price AS amount, CASE WHEN paid THEN 'yes' ELSE 'no' END AS paid FROM orders

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Project id, CAST(quantity AS DECIMAL(10,0)) * price as amount, CASE WHEN paid THEN 'yes' ELSE 'no' END as paid
│   passes: each changed row by itself
└─ Scan orders
       passes: its changes

-- DuckDB
SELECT c0 AS "id", c1 AS "amount", c2 AS "paid" FROM
  (SELECT c0 AS c0, CAST((CAST(CAST(c3 AS DECIMAL(10,0)) AS DECIMAL(38,0)) * c4) AS DECIMAL(18,2)) AS c1, CASE WHEN c8 THEN 'yes' ELSE 'no' END AS c2 FROM
    (SELECT "id" AS c0, "customer" AS c1, "product" AS c2, "quantity" AS c3, "price" AS c4, "at" AS c5, "day" AS c6, "weight" AS c7, "paid" AS c8 FROM "orders") AS t0) AS t1

-- rows
1 | 7.00 | yes
2 | 14.00 | no
3 | 12.00 | yes
4 | null | no
5 | 34.50 | yes

-- then
- 2 | 14.00 | no
- 5 | 34.50 | yes
+ 2 | 17.50 | no
+ 6 | 34.50 | no
