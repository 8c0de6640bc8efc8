/* leat
description: Every employee with their office and their manager
team: data
publish: true
key: [employee_number]
*/
SELECT e.employeenumber AS employee_number,
       CONCAT(e.firstname, ' ', e.lastname) AS employee,
       e.jobtitle AS job_title,
       o.city AS office,
       o.country AS office_country,
       o.territory,
       CONCAT(m.firstname, ' ', m.lastname) AS manager
FROM employees e
JOIN offices o ON o.officecode = e.officecode
LEFT JOIN employees m ON m.employeenumber = e.reportsto
