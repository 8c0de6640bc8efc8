SELECT window_start, SUM(amount) AS s FROM TABLE(HOP(TABLE events, DESCRIPTOR(at), INTERVAL '1' MINUTE, INTERVAL '2' MINUTE)) GROUP BY window_start

-- passes
  sub-queries to joins
  remove correlation
  filters down
  keys of joins
  joins that only test
  unused columns
+ merge

-- plan: kept live: a step costs by what changes in it
Aggregate SUM(amount) by (window_start)
│   keyed: numbers and sums by (window_start)
└─ Project window_start, amount
   │   passes: each changed row by itself
   └─ Hop at every 60000000 us for 120000000 us
      │   passes: each changed row once for every window it is in
      └─ Scan events
             passes: its changes

-- DuckDB
SELECT c0 AS "window_start", c1 AS "s" FROM
  (SELECT c0 AS c0, CAST(sum(c1) AS BIGINT) AS c1 FROM
    (SELECT c5 AS c0, c3 AS c1 FROM
      (SELECT c0, c1, c2, c3, c4, make_timestamp(s) AS c5, make_timestamp(s + 120000000) AS c6 FROM
        (SELECT *, unnest(range(epoch_us(c2) - (((epoch_us(c2) - 0) % 60000000) + 60000000) % 60000000, epoch_us(c2) - 120000000, -60000000)) AS s FROM
          (SELECT "session" AS c0, "kind" AS c1, "at" AS c2, "amount" AS c3, "json" AS c4 FROM "events") AS t0 WHERE c2 IS NOT NULL) AS t1) AS t2) AS t3 GROUP BY c0) AS t4

-- rows
2024-10-03 23:59:00.0 | 3
2024-10-04 00:00:00.0 | 3
2024-10-04 00:01:00.0 | 5
2024-10-04 00:02:00.0 | 5
2024-10-04 00:03:00.0 | null

-- then
- 2024-10-04 00:00:00.0 | 3
- 2024-10-04 00:01:00.0 | 5
+ 2024-10-04 00:00:00.0 | 11
+ 2024-10-04 00:01:00.0 | 13
