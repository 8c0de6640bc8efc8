/* leat
description: Every day on which something was ordered or paid
team: data
publish: true
key: [day]
*/
SELECT day,
       EXTRACT(YEAR FROM day) AS year,
       EXTRACT(QUARTER FROM day) AS quarter,
       EXTRACT(MONTH FROM day) AS month,
       DATE_TRUNC('month', day) AS month_start
FROM (
  SELECT CAST(orderdate AS DATE) AS day FROM orders
  UNION
  SELECT CAST(paymentdate AS DATE) AS day FROM payments
) AS days
