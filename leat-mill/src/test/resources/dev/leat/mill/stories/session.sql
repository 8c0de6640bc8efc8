SELECT session, window_start, window_end, COUNT(*) AS n FROM TABLE(SESSION(TABLE events, DESCRIPTOR(at), DESCRIPTOR(session), INTERVAL '1' MINUTE)) GROUP BY session, window_start, window_end

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
+ merge

-- plan: kept live by groups: each epoch, those that changed are worked out anew
Aggregate COUNT(*) by (session, window_start, window_end)
│   keyed: numbers and sums by (session, window_start, window_end)
└─ Project session, first as window_start, ADD_MICROS(last, 60000000) as window_end
   │   passes: each changed row by itself
   └─ Window MIN(at), MAX(at) over (session, number) range unbounded to unbounded
      │   groups: the rows by (session, number); MIN, MAX of a partition that changed is worked out anew
      └─ Window SUM(begins) over (session) order by at range unbounded to 0
         │   groups: the rows by (session); SUM of a partition that changed is worked out anew
         └─ Project session, kind, at, amount, json, CASE WHEN at <= ADD_MICROS(before, 60000000) THEN 0 ELSE 1 END as begins
            │   passes: each changed row by itself
            └─ Window LAG(at) over (session) order by at ties (kind, amount, json)
               │   groups: the rows by (session); LAG of a partition that changed is worked out anew
               └─ Filter at IS NOT NULL
                  │   passes: each changed row by itself
                  └─ Scan events
                         passes: its changes

-- DuckDB
SELECT c0 AS "session", c1 AS "window_start", c2 AS "window_end", c3 AS "n" FROM
  (SELECT c0 AS c0, c1 AS c1, c2 AS c2, count(*) AS c3 FROM
    (SELECT c0 AS c0, c7 AS c1, (c8 + to_microseconds(CAST('60000000' AS BIGINT))) AS c2 FROM
      (SELECT *, min(c2) OVER (PARTITION BY c0, c6 RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS c7, max(c2) OVER (PARTITION BY c0, c6 RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS c8 FROM
        (SELECT *, CAST(sum(c5) OVER (PARTITION BY c0 ORDER BY c2 ASC NULLS LAST RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT) AS c6 FROM
          (SELECT c0 AS c0, c1 AS c1, c2 AS c2, c3 AS c3, c4 AS c4, CASE WHEN (c2 <= (c5 + to_microseconds(CAST('60000000' AS BIGINT)))) THEN CAST('0' AS BIGINT) ELSE CAST('1' AS BIGINT) END AS c5 FROM
            (SELECT *, CAST(lag(c2) OVER (PARTITION BY c0 ORDER BY c2 ASC NULLS LAST, c1 ASC NULLS LAST, c3 ASC NULLS LAST, c4 ASC NULLS LAST) AS TIMESTAMP) AS c5 FROM
              (SELECT * FROM
                (SELECT "session" AS c0, "kind" AS c1, "at" AS c2, "amount" AS c3, "json" AS c4 FROM "events") AS t0 WHERE (c2 IS NOT NULL)) AS t1) AS t2) AS t3) AS t4) AS t5) AS t6 GROUP BY c0, c1, c2) AS t7

-- rows
a | 2024-10-04 00:00:00.0 | 2024-10-04 00:01:00.0 | 1
a | 2024-10-04 00:02:00.0 | 2024-10-04 00:03:00.0 | 1
b | 2024-10-04 00:03:00.0 | 2024-10-04 00:04:00.0 | 1

-- then
- a | 2024-10-04 00:00:00.0 | 2024-10-04 00:01:00.0 | 1
- a | 2024-10-04 00:02:00.0 | 2024-10-04 00:03:00.0 | 1
+ a | 2024-10-04 00:00:00.0 | 2024-10-04 00:03:00.0 | 3
