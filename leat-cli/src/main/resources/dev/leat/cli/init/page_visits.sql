/* leat
description: Visits with their day, and a country that is always there
team: web
*/
SELECT visit_id, happened_at, CAST(happened_at AS DATE) AS day, page, COALESCE(country, 'unknown') AS country, seconds
FROM visits
