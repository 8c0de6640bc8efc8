SELECT c.customernumber AS customer_number, c.customername AS customer FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customernumber = c.customernumber)
