SELECT window_start AS week, COUNT(*) AS reviews, MIN(rating) AS lowest, MAX(rating) AS highest
FROM TABLE(TUMBLE(TABLE reviews, DESCRIPTOR(date), INTERVAL '7' DAY)) GROUP BY window_start, window_end
