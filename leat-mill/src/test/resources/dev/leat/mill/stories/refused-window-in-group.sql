SELECT session, SUM(amount) AS s FROM events GROUP BY TUMBLE(at, INTERVAL '1' MINUTE), session

-- refused
tables/refused-window-in-group.sql:1:55 LEAT-2002 TUMBLE gives each row its windows, and is not a value to group by. Write FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(time), …)) and group by window_start and window_end.
