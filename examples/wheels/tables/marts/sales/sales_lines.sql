/* leat
description: Order lines with everything the sales dashboards slice by
team: sales
*/
SELECT f.order_number,
       f.ordered_at,
       f.status,
       f.quantity,
       f.price,
       f.amount,
       c.customer,
       c.country,
       c.territory,
       p.product,
       p.product_line,
       e.employee AS sales_rep
FROM fact_order_lines f
JOIN dim_customers c ON c.customer_number = f.customer_number
JOIN dim_products p ON p.product_code = f.product_code
LEFT JOIN dim_employees e ON e.employee_number = c.employee_number
WHERE f.status <> 'Cancelled'
