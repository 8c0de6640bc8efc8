SELECT country, CAST(at AS DATE) AS day, SUM(amount) AS revenue, COUNT(DISTINCT invoice) AS invoices,
       COUNT(*) FILTER (WHERE cancelled) AS cancelled, COUNT(DISTINCT customer) AS customers
FROM lines GROUP BY country, CAST(at AS DATE)
