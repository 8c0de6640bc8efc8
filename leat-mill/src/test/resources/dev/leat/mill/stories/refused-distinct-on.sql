SELECT DISTINCT ON (customer) customer, id FROM orders
