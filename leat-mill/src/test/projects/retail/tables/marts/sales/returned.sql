SELECT s.stock_code, s.sold, r.returned FROM
  (SELECT stock_code, SUM(quantity) AS sold FROM lines WHERE NOT cancelled GROUP BY stock_code) s
  JOIN (SELECT stock_code, -SUM(quantity) AS returned FROM lines WHERE cancelled GROUP BY stock_code) r ON r.stock_code = s.stock_code
