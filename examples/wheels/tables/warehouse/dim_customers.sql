/* leat
description: Every customer with the employee who looks after them and the territory they belong to
team: data
publish: true
key: [customer_number]
*/
SELECT c.customernumber AS customer_number,
       c.customername AS customer,
       c.city,
       c.country,
       COALESCE(o.territory, 'None') AS territory,
       e.employeenumber AS employee_number,
       c.creditlimit AS credit_limit
FROM customers c
LEFT JOIN employees e ON e.employeenumber = c.salesrepemployeenumber
LEFT JOIN offices o ON o.officecode = e.officecode
