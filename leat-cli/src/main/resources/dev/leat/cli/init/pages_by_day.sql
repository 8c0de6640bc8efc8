/* leat
description: How often and for how long each page is looked at, day by day
team: web
key: [day, page]
*/
SELECT day, page, COUNT(*) AS visits, COUNT(DISTINCT country) AS countries, AVG(seconds) AS average_seconds
FROM page_visits
GROUP BY day, page
