SELECT COUNT(*) AS lines, SUM(amount) AS revenue, COUNT(DISTINCT invoice) AS invoices, COUNT(DISTINCT stock_code) AS codes, COUNT(DISTINCT customer) AS customers FROM lines
