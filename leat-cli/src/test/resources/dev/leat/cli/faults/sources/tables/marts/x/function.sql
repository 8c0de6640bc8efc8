SELECT UPPR(price) AS p FROM orders
