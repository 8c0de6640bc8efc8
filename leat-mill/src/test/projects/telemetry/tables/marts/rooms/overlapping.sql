SELECT window_start, window_end, COUNT(*) AS readings, MAX("data.humidity") AS humid
FROM TABLE(HOP(TABLE readings, DESCRIPTOR(ts), INTERVAL '10' MINUTE, INTERVAL '1' HOUR)) GROUP BY window_start, window_end
