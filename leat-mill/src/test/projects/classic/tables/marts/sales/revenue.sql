SELECT country, product_line, EXTRACT(YEAR FROM day) AS year, SUM(amount) AS revenue, COUNT(DISTINCT order_number) AS orders, AVG(amount) AS line
FROM lines GROUP BY country, product_line, EXTRACT(YEAR FROM day)
