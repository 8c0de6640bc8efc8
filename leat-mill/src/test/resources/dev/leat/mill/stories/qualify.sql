SELECT session, at, amount FROM events QUALIFY ROW_NUMBER() OVER (PARTITION BY session ORDER BY at DESC) = 1

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live: a step costs by what changes in it
TopN 1 of (session) order by at desc, amount
│   keyed: the first 1 rows by (session) in order, and the others to move up
└─ Project session, at, amount
   │   passes: each changed row by itself
   └─ Scan events
          passes: its changes

-- DuckDB
SELECT c0 AS "session", c1 AS "at", c2 AS "amount" FROM
  (SELECT c0, c1, c2 FROM
    (SELECT *, row_number() OVER (PARTITION BY c0 ORDER BY c1 DESC NULLS LAST, c2 ASC NULLS LAST) AS c3 FROM
      (SELECT c0 AS c0, c2 AS c1, c3 AS c2 FROM
        (SELECT "session" AS c0, "kind" AS c1, "at" AS c2, "amount" AS c3, "json" AS c4 FROM "events") AS t0) AS t1) AS t2 WHERE c3 <= 1) AS t3

-- rows
a | 2024-10-04 00:02:00.0 | 5
b | 2024-10-04 00:03:00.0 | null

-- then

