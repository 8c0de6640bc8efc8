SELECT JSON_VALUE(json, '$.page') AS page, COUNT(*) AS n FROM events GROUP BY JSON_VALUE(json, '$.page')

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live: a step costs by what changes in it
Aggregate COUNT(*) by (page)
│   keyed: numbers and sums by (page)
└─ Project JSON_VALUE(json, '$.page') as page
   │   passes: each changed row by itself
   └─ Scan events
          passes: its changes

-- DuckDB
SELECT c0 AS "page", c1 AS "n" FROM
  (SELECT c0 AS c0, count(*) AS c1 FROM
    (SELECT (CASE WHEN NOT json_valid(c4) THEN NULL WHEN json_type(c4, '$.page') IN ('OBJECT', 'ARRAY') THEN NULL ELSE json_extract_string(c4, '$.page') END) AS c0 FROM
      (SELECT "session" AS c0, "kind" AS c1, "at" AS c2, "amount" AS c3, "json" AS c4 FROM "events") AS t0) AS t1 GROUP BY c0) AS t2

-- rows
/ | 1
/cup | 1
null | 1

-- then
- null | 1
+ null | 2
