SELECT * FROM events MATCH_RECOGNIZE (PARTITION BY session ORDER BY at MEASURES A.at AS first_at ONE ROW PER MATCH PATTERN (A B) DEFINE B AS B.amount > A.amount) m

-- refused
tables/refused-match-recognize.sql:1:22 LEAT-2007 MATCH_RECOGNIZE is not supported yet. Compare rows with LAG and LEAD, or number the steps and join them.
