/* leat
description: What each employee's customers bought, and how an order of theirs compares with the others
team: sales
key: [sales_rep]
*/
SELECT sales_rep,
       COUNT(*) AS orders,
       SUM(order_amount) AS revenue,
       AVG(order_amount) AS average_order,
       MAX(order_amount) AS largest_order
FROM (
  SELECT sales_rep, order_number, SUM(amount) AS order_amount
  FROM sales_lines
  WHERE sales_rep IS NOT NULL
  GROUP BY sales_rep, order_number
) AS per_order
GROUP BY sales_rep
