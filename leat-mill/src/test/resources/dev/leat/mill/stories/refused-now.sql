SELECT id FROM orders WHERE at < CURRENT_TIMESTAMP

-- refused
tables/refused-now.sql:1:34 LEAT-2008 CURRENT_TIMESTAMP gives another answer each time it is asked. A table must follow from its rows alone: use a column that holds the time, or filter by time where the table is queried.
