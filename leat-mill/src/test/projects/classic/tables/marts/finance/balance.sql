SELECT COALESCE(l.customer_number, p.customer_number) AS customer_number, l.ordered, p.paid FROM
 (SELECT customer_number, SUM(amount) AS ordered FROM lines WHERE status <> 'Cancelled' GROUP BY customer_number) l
 FULL JOIN (SELECT customernumber AS customer_number, SUM(amount) AS paid FROM payments GROUP BY customernumber) p ON p.customer_number = l.customer_number
