/* leat
description: Clicks and web orders of the live streams, with the product they are about
team: web
*/
SELECT a.occurred_at,
       a.session,
       a.country,
       a.kind,
       p.product,
       COALESCE(p.product_line, 'None') AS product_line,
       a.amount
FROM (
  SELECT occurred_at, session, product_code, country, 'click' AS kind, CAST(0 AS DECIMAL(12,2)) AS amount
  FROM clicks
  UNION ALL
  SELECT occurred_at, session, product_code, NULL AS country, 'order' AS kind,
         CAST(quantity * price AS DECIMAL(12,2)) AS amount
  FROM web_orders
) AS a
LEFT JOIN dim_products p ON p.product_code = a.product_code
