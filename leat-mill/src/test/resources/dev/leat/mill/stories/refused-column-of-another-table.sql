SELECT id FROM orders WHERE country = 'UK'
