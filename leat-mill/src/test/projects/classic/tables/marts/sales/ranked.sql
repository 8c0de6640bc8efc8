SELECT country, product_line, revenue, RANK() OVER (PARTITION BY country ORDER BY revenue DESC) AS rank
FROM (SELECT country, product_line, SUM(amount) AS revenue FROM lines GROUP BY country, product_line) AS r
