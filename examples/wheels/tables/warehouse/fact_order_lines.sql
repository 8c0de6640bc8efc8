/* leat
description: One row an order line, in money and pieces
team: data
publish: true
*/
SELECT o.ordernumber AS order_number,
       d.orderlinenumber AS line_number,
       o.customernumber AS customer_number,
       d.productcode AS product_code,
       o.orderdate AS ordered_at,
       o.requireddate AS required_at,
       o.shippeddate AS shipped_at,
       o.status,
       d.quantityordered AS quantity,
       d.priceeach AS price,
       d.quantityordered * d.priceeach AS amount
FROM order_details d
JOIN orders o ON o.ordernumber = d.ordernumber
