/* leat
description: How long orders take to leave, and how many leave late, by month
team: logistics
key: [month]
*/
SELECT DATE_TRUNC('month', orderdate) AS month,
       COUNT(*) AS orders,
       COUNT(*) FILTER (WHERE status = 'Shipped') AS shipped,
       COUNT(*) FILTER (WHERE shippeddate > requireddate) AS late,
       AVG(DATE_DIFF('day', orderdate, shippeddate)) AS days_to_ship
FROM orders
GROUP BY DATE_TRUNC('month', orderdate)
