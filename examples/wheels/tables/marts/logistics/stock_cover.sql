/* leat
description: Pieces in stock against pieces that are ordered and have not left yet
team: logistics
key: [product_code]
*/
SELECT p.product_code,
       p.product,
       p.product_line,
       p.in_stock,
       COALESCE(w.pieces, 0) AS waiting,
       p.in_stock - COALESCE(w.pieces, 0) AS cover
FROM dim_products p
LEFT JOIN (
  SELECT product_code, SUM(quantity) AS pieces
  FROM fact_order_lines
  WHERE status IN ('In Process', 'On Hold', 'Disputed')
  GROUP BY product_code
) AS w ON w.product_code = p.product_code
