SELECT DISTINCT ON (customer) customer, id FROM orders

-- refused
tables/refused-distinct-on.sql:1:17 LEAT-2001 'ON' is not expected here. For DISTINCT ON write QUALIFY ROW_NUMBER() OVER (PARTITION BY … ORDER BY …) = 1.
