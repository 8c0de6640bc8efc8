/* leat
description: The five best-selling products of each line
team: sales
key: [product_line, position]
*/
WITH product_revenue AS (
  SELECT product_line, product, SUM(amount) AS revenue, SUM(quantity) AS pieces
  FROM sales_lines
  GROUP BY product_line, product
)
SELECT product_line, position, product, revenue, pieces
FROM (
  SELECT product_line, product, revenue, pieces,
         ROW_NUMBER() OVER (PARTITION BY product_line ORDER BY revenue DESC, product) AS position
  FROM product_revenue
) AS ranked
WHERE position <= 5
