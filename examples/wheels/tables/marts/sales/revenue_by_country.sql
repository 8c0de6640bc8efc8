/* leat
description: Revenue by country and day
team: sales
key: [country, day]
*/
SELECT country,
       CAST(ordered_at AS DATE) AS day,
       SUM(amount) AS revenue,
       COUNT(DISTINCT order_number) AS orders
FROM sales_lines
GROUP BY country, CAST(ordered_at AS DATE)
