/* leat
description: Each product's clicks and web orders beside what it ever sold through the order system
team: web
key: [product_code]
*/
SELECT p.product_code,
       p.product,
       p.product_line,
       COALESCE(c.clicks, 0) AS clicks,
       COALESCE(w.pieces, 0) AS web_pieces,
       COALESCE(s.pieces, 0) AS sold_pieces
FROM dim_products p
LEFT JOIN (SELECT product_code, COUNT(*) AS clicks FROM clicks GROUP BY product_code) AS c
  ON c.product_code = p.product_code
LEFT JOIN (SELECT product_code, SUM(quantity) AS pieces FROM web_orders GROUP BY product_code) AS w
  ON w.product_code = p.product_code
LEFT JOIN (SELECT product_code, SUM(quantity) AS pieces FROM fact_order_lines GROUP BY product_code) AS s
  ON s.product_code = p.product_code
