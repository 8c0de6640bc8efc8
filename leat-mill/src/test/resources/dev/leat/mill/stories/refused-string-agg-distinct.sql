SELECT STRING_AGG(DISTINCT name, ', ' ORDER BY country) AS names FROM customers

-- refused
tables/refused-string-agg-distinct.sql:1:8 LEAT-2007 STRING_AGG of DISTINCT values in another order than theirs is not supported yet. Order them by themselves, or leave ORDER BY out.
