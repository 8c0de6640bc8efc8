SELECT session, at, amount - LAG(amount) OVER (PARTITION BY session ORDER BY at) AS more FROM events

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
  merge

-- plan: kept live by groups: each epoch, those that changed are worked out anew
Project session, at, amount - w3 as more
│   passes: each changed row by itself
└─ Window LAG(amount) over (session) order by at ties (amount)
   │   groups: the rows by (session); LAG of a partition that changed is worked out anew
   └─ Project session, at, amount
      │   passes: each changed row by itself
      └─ Scan events
             passes: its changes

-- DuckDB
SELECT c0 AS "session", c1 AS "at", c2 AS "more" FROM
  (SELECT c0 AS c0, c1 AS c1, (c2 - c3) AS c2 FROM
    (SELECT *, CAST(lag(c2) OVER (PARTITION BY c0 ORDER BY c1 ASC NULLS LAST, c2 ASC NULLS LAST) AS BIGINT) AS c3 FROM
      (SELECT c0 AS c0, c2 AS c1, c3 AS c2 FROM
        (SELECT "session" AS c0, "kind" AS c1, "at" AS c2, "amount" AS c3, "json" AS c4 FROM "events") AS t0) AS t1) AS t2) AS t3

-- rows
a | 2024-10-04 00:00:00.0 | null
a | 2024-10-04 00:02:00.0 | 2
b | 2024-10-04 00:03:00.0 | null

-- then
- a | 2024-10-04 00:02:00.0 | 2
+ a | 2024-10-04 00:01:00.0 | 5
+ a | 2024-10-04 00:02:00.0 | -3
