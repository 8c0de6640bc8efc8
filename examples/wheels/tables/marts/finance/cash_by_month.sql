/* leat
description: Money ordered and money received, month by month
team: finance
key: [month]
*/
SELECT month, SUM(ordered) AS ordered, SUM(received) AS received
FROM (
  SELECT DATE_TRUNC('month', ordered_at) AS month, amount AS ordered, 0 AS received
  FROM fact_order_lines
  UNION ALL
  SELECT DATE_TRUNC('month', paymentdate) AS month, 0 AS ordered, amount AS received
  FROM payments
) AS movements
GROUP BY month
