SELECT window_start, kind, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(at), INTERVAL '2' MINUTE)) GROUP BY window_start, kind

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
+ merge

-- plan: kept live: a step costs by what changes in it
Aggregate COUNT(*) by (window_start, kind)
│   keyed: numbers and sums by (window_start, kind)
└─ Project window_start, kind
   │   passes: each changed row by itself
   └─ Hop at every 120000000 us for 120000000 us
      │   passes: each changed row once for every window it is in
      └─ Scan events
             passes: its changes

-- DuckDB
SELECT c0 AS "window_start", c1 AS "kind", c2 AS "n" FROM
  (SELECT c0 AS c0, c1 AS c1, count(*) AS c2 FROM
    (SELECT c5 AS c0, c1 AS c1 FROM
      (SELECT c0, c1, c2, c3, c4, make_timestamp(s) AS c5, make_timestamp(s + 120000000) AS c6 FROM
        (SELECT *, epoch_us(c2) - (((epoch_us(c2) - 0) % 120000000) + 120000000) % 120000000 AS s FROM
          (SELECT "session" AS c0, "kind" AS c1, "at" AS c2, "amount" AS c3, "json" AS c4 FROM "events") AS t0 WHERE c2 IS NOT NULL) AS t1) AS t2) AS t3 GROUP BY c0, c1) AS t4

-- rows
2024-10-04 00:00:00.0 | click | 1
2024-10-04 00:02:00.0 | click | 1
2024-10-04 00:02:00.0 | order | 1

-- then
- 2024-10-04 00:00:00.0 | click | 1
+ 2024-10-04 00:00:00.0 | click | 2
