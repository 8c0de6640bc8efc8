SELECT window_start AS hour, device, COUNT(*) AS readings, AVG("data.temp") AS temp, MIN("data.temp") AS coldest, MAX("data.temp") AS warmest, COUNT(*) FILTER (WHERE "data.motion") AS motions
FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(ts), INTERVAL '1' HOUR)) GROUP BY window_start, window_end, device
