SELECT COUNT_IF(paid) AS n FROM orders
