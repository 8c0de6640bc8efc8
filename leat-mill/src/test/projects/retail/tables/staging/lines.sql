SELECT InvoiceNo AS invoice, StockCode AS stock_code, Quantity AS quantity, InvoiceDate AS at, UnitPrice AS price,
       CustomerID AS customer, Country AS country, Quantity * UnitPrice AS amount, InvoiceNo LIKE 'C%' AS cancelled
FROM invoice_lines
