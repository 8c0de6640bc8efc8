/* leat
publish: true
*/
SELECT o.ordernumber AS order_number, o.orderdate AS day, o.status, c.customernumber AS customer_number, c.country, p.productline AS product_line, d.quantityordered * d.priceeach AS amount
FROM orderdetails d JOIN orders o ON o.ordernumber = d.ordernumber JOIN customers c ON c.customernumber = o.customernumber JOIN products p ON p.productcode = d.productcode
