SELECT COUNT(*) AS n FROM TABLE(SESSION(TABLE events, DESCRIPTOR(at), DESCRIPTOR(session), INTERVAL '1' MINUTE)) GROUP BY session

-- refused
tables/refused-session-window.sql:1:33 LEAT-2007 The table function SESSION is not supported yet. Use TUMBLE or HOP.
