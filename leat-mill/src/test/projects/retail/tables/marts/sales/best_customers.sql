SELECT country, position, customer, spent FROM (
  SELECT country, customer, spent, ROW_NUMBER() OVER (PARTITION BY country ORDER BY spent DESC, customer) AS position
  FROM (SELECT country, customer, SUM(amount) AS spent FROM lines WHERE customer IS NOT NULL GROUP BY country, customer) AS per_customer
) AS ranked WHERE position <= 3
