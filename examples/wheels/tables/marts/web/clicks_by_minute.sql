/* leat
description: Clicks, visitors and orders of each minute; late events correct the minute they belong to
team: web
key: [minute_start, product_line]
*/
SELECT window_start AS minute_start,
       product_line,
       COUNT(*) FILTER (WHERE kind = 'click') AS clicks,
       COUNT(DISTINCT session) AS sessions,
       COUNT(*) FILTER (WHERE kind = 'order') AS orders,
       SUM(amount) AS revenue
FROM TABLE(TUMBLE(TABLE web_activity, DESCRIPTOR(occurred_at), INTERVAL '1' MINUTE))
GROUP BY window_start, window_end, product_line
