SELECT STRING_AGG(name, ', ' ORDER BY country) AS names FROM customers

-- refused
tables/refused-string-agg-order.sql:1:8 LEAT-2007 STRING_AGG in another order than that of its values is not supported yet. Leave its ORDER BY out: values are joined in their own order.
