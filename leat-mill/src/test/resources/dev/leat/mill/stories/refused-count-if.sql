SELECT COUNT_IF(paid) AS n FROM orders

-- refused
tables/refused-count-if.sql:1:8 LEAT-2005 There is no function COUNT_IF. Write COUNT(*) FILTER (WHERE …).
