/* leat
description: What each customer ordered, paid and still owes
team: finance
key: [customer_number]
*/
SELECT COALESCE(o.customer_number, p.customer_number) AS customer_number,
       COALESCE(o.ordered, 0) AS ordered,
       COALESCE(p.paid, 0) AS paid,
       COALESCE(o.ordered, 0) - COALESCE(p.paid, 0) AS balance
FROM (
  SELECT customer_number, SUM(amount) AS ordered
  FROM fact_order_lines
  WHERE status <> 'Cancelled'
  GROUP BY customer_number
) AS o
FULL JOIN (
  SELECT customernumber AS customer_number, SUM(amount) AS paid
  FROM payments
  GROUP BY customernumber
) AS p ON p.customer_number = o.customer_number
