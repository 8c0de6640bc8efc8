-- Queries that the property tests keep live over random changes and compare with the batch query.
-- Sources: orders(id, customer, product, quantity, price, at, day, weight, paid),
--          customers(customer, name, country, credit), events(session, kind, at, amount, json).
-- Each begins with a line "-- name: NAME". Lines that may follow it:
-- "-- recomputed": no circuit is expected.
-- "-- DuckDB: SQL": how the same is asked of DuckDB, where it does not read the query as it stands.
-- "-- DuckDB by chance": DuckDB orders peers as it likes, so that its answer is one of several.

-- name: pass_through
SELECT * FROM orders
-- name: filter_null_logic
SELECT id, quantity FROM orders WHERE quantity > 3 AND NOT (paid AND price < 10)
-- name: filter_is_null
SELECT id FROM orders WHERE customer IS NULL OR product IS NULL
-- name: project_arithmetic
SELECT id, quantity * price AS amount, quantity / 3 AS thirds, quantity % 3 AS rest, -quantity AS negative FROM orders
-- name: project_case
SELECT id, CASE WHEN quantity >= 8 THEN 'many' WHEN quantity >= 4 THEN 'some' ELSE 'few' END AS size FROM orders
-- name: project_coalesce
SELECT COALESCE(product, 'none') AS product, COALESCE(quantity, 0) + 1 AS q, NULLIF(product, 'p1') AS other FROM orders
-- name: strings
SELECT UPPER(product) AS u, LOWER(product) AS l, CHAR_LENGTH(product) AS n, product || '-' || product AS twice, SUBSTRING(product FROM 2) AS tail FROM orders
-- name: like
SELECT id FROM orders WHERE product LIKE 'p%' AND product NOT LIKE '%3'
-- name: dates
SELECT id, EXTRACT(YEAR FROM day) AS year, EXTRACT(MONTH FROM day) AS month, CAST(at AS DATE) AS on_day, DATE_TRUNC('hour', at) AS hour FROM orders
-- name: in_list
SELECT id FROM orders WHERE product IN ('p1', 'p3') AND quantity NOT IN (2, 4)
-- name: between
SELECT id FROM orders WHERE price BETWEEN 5 AND 20.5
-- name: union_all
SELECT customer FROM orders UNION ALL SELECT customer FROM customers
-- name: union_all_itself
SELECT product, quantity FROM orders UNION ALL SELECT product, -quantity FROM orders
-- name: inner_join
SELECT o.id, c.name FROM orders o JOIN customers c ON c.customer = o.customer
-- name: inner_join_residual
SELECT o.id, c.name FROM orders o JOIN customers c ON c.customer = o.customer AND o.price < c.credit
-- name: inner_join_two_keys
SELECT a.id, b.id AS other FROM orders a JOIN orders b ON a.customer = b.customer AND a.product = b.product
-- name: left_join
SELECT o.id, c.name, c.country FROM orders o LEFT JOIN customers c ON c.customer = o.customer
-- name: left_join_residual
SELECT o.id, c.name FROM orders o LEFT JOIN customers c ON c.customer = o.customer AND o.price < c.credit
-- name: right_join
SELECT o.id, c.name FROM orders o RIGHT JOIN customers c ON c.customer = o.customer
-- name: full_join
SELECT o.id, o.product, c.name FROM orders o FULL JOIN customers c ON c.customer = o.customer
-- name: anti_by_left_join
SELECT c.name FROM customers c LEFT JOIN orders o ON o.customer = c.customer WHERE o.id IS NULL
-- name: self_join_of_aggregate
SELECT a.product, a.n, b.n AS m FROM (SELECT product, COUNT(*) AS n FROM orders GROUP BY product) a JOIN (SELECT product, COUNT(*) AS n FROM orders WHERE paid GROUP BY product) b ON a.product = b.product
-- name: exists
SELECT c.name FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer = c.customer)
-- name: not_exists
SELECT c.name FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer = c.customer AND o.quantity > 5)
-- name: join_also_on_null
SELECT o.id, c.name FROM orders o JOIN customers c ON o.customer IS NOT DISTINCT FROM c.customer
-- name: full_join_also_on_null
SELECT o.id, o.product, c.name, c.country FROM orders o FULL JOIN customers c ON c.country IS NOT DISTINCT FROM o.product AND o.customer = c.customer AND o.price > 10
-- name: any_of_correlated
SELECT id FROM orders WHERE price > ANY (SELECT credit FROM customers c WHERE c.customer = orders.customer)
-- name: scalar_subquery_correlated
SELECT id FROM orders o WHERE price >= (SELECT AVG(price) FROM orders i WHERE i.product = o.product)
-- name: in_subquery
SELECT id FROM orders WHERE customer IN (SELECT customer FROM customers WHERE country = 'c1')
-- name: not_in_subquery
SELECT id FROM orders WHERE customer NOT IN (SELECT customer FROM customers WHERE credit > 50)
-- name: distinct_one
SELECT DISTINCT product FROM orders
-- name: distinct_two
SELECT DISTINCT customer, paid FROM orders
-- name: group_sum
SELECT customer, SUM(quantity) AS s, COUNT(*) AS n, COUNT(quantity) AS nq FROM orders GROUP BY customer
-- name: group_decimal
SELECT product, SUM(price) AS s, SUM(quantity * price) AS amount, AVG(price) AS mean FROM orders GROUP BY product
-- name: group_avg_int
SELECT product, AVG(quantity) AS mean, AVG(id) AS ids FROM orders GROUP BY product
-- name: group_double
SELECT product, SUM(weight) AS s, AVG(weight) AS mean, MIN(weight) AS low, MAX(weight) AS high FROM orders GROUP BY product
-- name: group_min_max
SELECT customer, MIN(price) AS low, MAX(price) AS high, MIN(product) AS first_product, MAX(at) AS last_at FROM orders GROUP BY customer
-- name: group_count_distinct
SELECT customer, COUNT(DISTINCT product) AS products, COUNT(DISTINCT quantity) AS quantities FROM orders GROUP BY customer
-- name: group_sum_distinct
SELECT customer, SUM(DISTINCT quantity) AS s, AVG(DISTINCT quantity) AS a FROM orders GROUP BY customer
-- name: group_filter
SELECT product, COUNT(*) FILTER (WHERE paid) AS paid, SUM(quantity) FILTER (WHERE price > 10) AS dear, COUNT(DISTINCT customer) FILTER (WHERE quantity > 4) AS many FROM orders GROUP BY product
-- name: group_having
SELECT customer, SUM(quantity) AS s FROM orders GROUP BY customer HAVING SUM(quantity) > 10 AND COUNT(*) < 6
-- name: group_two_keys
SELECT customer, paid, COUNT(*) AS n FROM orders GROUP BY customer, paid
-- name: group_expression
SELECT quantity % 4 AS bucket, COUNT(*) AS n, MAX(price) AS high FROM orders GROUP BY quantity % 4
-- name: group_by_time_words
SELECT day, EXTRACT(MONTH FROM day) AS month, COUNT(*) AS count FROM orders GROUP BY day
-- name: global_aggregate
SELECT COUNT(*) AS n, SUM(quantity) AS s, MIN(price) AS low, MAX(price) AS high, AVG(quantity) AS mean FROM orders
-- name: global_distinct
SELECT COUNT(DISTINCT customer) AS customers, COUNT(DISTINCT product) FILTER (WHERE paid) AS products FROM orders
-- name: nested_aggregate
SELECT product, AVG(s) AS mean, MAX(s) AS high FROM (SELECT product, customer, SUM(quantity) AS s FROM orders GROUP BY product, customer) AS per GROUP BY product
-- name: aggregate_of_join
SELECT c.country, SUM(o.quantity * o.price) AS amount, COUNT(DISTINCT o.customer) AS customers FROM orders o JOIN customers c ON c.customer = o.customer GROUP BY c.country
-- name: aggregate_of_left_join
SELECT c.country, COUNT(o.id) AS orders, SUM(o.quantity) AS pieces FROM customers c LEFT JOIN orders o ON o.customer = c.customer GROUP BY c.country
-- name: join_of_aggregates
SELECT COALESCE(a.customer, b.customer) AS customer, a.n, b.credit FROM (SELECT customer, COUNT(*) AS n FROM orders GROUP BY customer) a FULL JOIN (SELECT customer, SUM(credit) AS credit FROM customers GROUP BY customer) b ON a.customer = b.customer
-- name: three_way_join
SELECT o.id, c.name, e.kind FROM orders o JOIN customers c ON c.customer = o.customer JOIN events e ON e.session = o.product
-- name: cte
WITH big AS (SELECT * FROM orders WHERE quantity > 4), per AS (SELECT customer, COUNT(*) AS n FROM big GROUP BY customer) SELECT p.customer, p.n, c.name FROM per p LEFT JOIN customers c ON c.customer = p.customer
-- name: tumble
-- DuckDB: SELECT date_trunc('minute', "at") AS s, date_trunc('minute', "at") + INTERVAL 1 MINUTE, kind, COUNT(*), SUM(amount) FROM events GROUP BY s, kind
SELECT window_start, window_end, kind, COUNT(*) AS n, SUM(amount) AS s FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(at), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, kind
-- name: hop
-- DuckDB: SELECT s, session, COUNT(*), MAX(amount) FROM (SELECT *, unnest([date_trunc('minute', "at") - to_minutes(k) FOR k IN [0, 1, 2]]) AS s FROM events) GROUP BY s, session
SELECT window_start, session, COUNT(*) AS n, MAX(amount) AS high FROM TABLE(HOP(TABLE events, DESCRIPTOR(at), INTERVAL '1' MINUTE, INTERVAL '3' MINUTE)) GROUP BY window_start, session
-- name: top_one
SELECT id, customer, price FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY customer ORDER BY at DESC, id) AS rn FROM orders) AS t WHERE rn = 1
-- name: top_three_with_number
-- DuckDB by chance
SELECT customer, id, price, rn FROM (SELECT customer, id, price, ROW_NUMBER() OVER (PARTITION BY customer ORDER BY price DESC) AS rn FROM orders) AS t WHERE rn <= 3
-- name: top_global
SELECT id, rn FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY price, id DESC) AS rn FROM orders) AS t WHERE rn <= 4
-- name: top_qualify
-- DuckDB by chance
SELECT session, at, amount FROM events QUALIFY ROW_NUMBER() OVER (PARTITION BY session ORDER BY amount DESC, at) <= 2
-- name: aggregate_of_top
-- DuckDB by chance
SELECT customer, SUM(price) AS best_two FROM (SELECT customer, price, ROW_NUMBER() OVER (PARTITION BY customer ORDER BY price DESC) AS rn FROM orders) AS t WHERE rn <= 2 GROUP BY customer
-- name: union_distinct
SELECT customer FROM orders UNION SELECT customer FROM customers
-- name: intersect
SELECT customer FROM orders INTERSECT SELECT customer FROM customers
-- name: except
SELECT customer FROM customers EXCEPT SELECT customer FROM orders
-- name: json
-- DuckDB: SELECT session, json ->> '$.page' AS page, COUNT(*) AS n FROM events GROUP BY ALL
SELECT session, JSON_VALUE(json, '$.page') AS page, COUNT(*) AS n FROM events GROUP BY session, JSON_VALUE(json, '$.page')
-- name: scalar_subquery
SELECT id FROM orders WHERE price > (SELECT AVG(price) FROM orders)
-- name: cross_with_total
SELECT o.customer, o.s, t.total FROM (SELECT customer, SUM(quantity) AS s FROM orders GROUP BY customer) o CROSS JOIN (SELECT SUM(quantity) AS total FROM orders) t
-- name: constant_column
SELECT 'x' AS tag, product, COUNT(*) AS n FROM orders GROUP BY product
-- name: rollup
SELECT product, paid, COUNT(*) AS n FROM orders GROUP BY ROLLUP(product, paid)
-- name: window_rank
SELECT id, customer, RANK() OVER (PARTITION BY customer ORDER BY price) AS rank, DENSE_RANK() OVER (PARTITION BY customer ORDER BY price) AS dense FROM orders
-- name: window_distribution
SELECT id, PERCENT_RANK() OVER (PARTITION BY product ORDER BY quantity DESC) AS p, CUME_DIST() OVER (PARTITION BY product ORDER BY quantity DESC) AS c FROM orders
-- name: window_lag
SELECT session, at, amount, LAG(amount) OVER (PARTITION BY session ORDER BY at, amount, kind) AS before FROM events
-- name: window_shifted
-- DuckDB by chance
SELECT session, LAG(amount, 2, 0) OVER (PARTITION BY session ORDER BY at) AS before, LEAD(kind, 1, 'none') OVER (PARTITION BY session ORDER BY at) AS after FROM events
-- name: window_lag_default_like_its_offset
-- DuckDB by chance
SELECT id, LAG(price, 1, 1) OVER (PARTITION BY product ORDER BY id) AS before, LEAD(weight, 2, 2) OVER (PARTITION BY product ORDER BY id) AS after FROM orders
-- name: window_numbered
-- DuckDB by chance
SELECT id, ROW_NUMBER() OVER (PARTITION BY product ORDER BY price DESC) AS n, NTILE(3) OVER (PARTITION BY product ORDER BY price DESC) AS third FROM orders
-- name: window_values
-- DuckDB by chance
SELECT id, FIRST_VALUE(id) OVER (PARTITION BY customer ORDER BY at) AS first_id, LAST_VALUE(price) OVER (PARTITION BY customer ORDER BY at ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS last_price, NTH_VALUE(product, 2) OVER (PARTITION BY customer ORDER BY at ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS second FROM orders
-- name: window_running_sum
SELECT id, SUM(quantity) OVER (PARTITION BY customer ORDER BY id, quantity ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running FROM orders
-- name: window_running_peers
SELECT id, SUM(price) OVER (PARTITION BY customer ORDER BY day) AS running, COUNT(*) OVER (PARTITION BY customer ORDER BY day) AS n, MAX(price) OVER (PARTITION BY customer ORDER BY day) AS high FROM orders
-- name: window_share
SELECT id, price, SUM(price) OVER (PARTITION BY customer) AS total, AVG(quantity) OVER (PARTITION BY customer) AS mean, COUNT(quantity) OVER (PARTITION BY customer) AS n FROM orders
-- name: window_moving
-- DuckDB by chance
SELECT id, AVG(price) OVER (PARTITION BY customer ORDER BY at ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS moving, MIN(product) OVER (PARTITION BY customer ORDER BY at ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING) AS low, SUM(weight) OVER (PARTITION BY customer ORDER BY at ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING) AS before FROM orders
-- name: window_two_partitions
SELECT id, RANK() OVER (PARTITION BY customer ORDER BY price) AS by_customer, RANK() OVER (PARTITION BY product ORDER BY price) AS by_product FROM orders
-- name: window_over_aggregate
SELECT product, customer, SUM(quantity) AS s, RANK() OVER (PARTITION BY product ORDER BY SUM(quantity) DESC) AS rank FROM orders GROUP BY product, customer
-- name: window_over_join
SELECT c.country, o.id, ROW_NUMBER() OVER (PARTITION BY c.country ORDER BY o.price DESC, o.id) AS n FROM orders o JOIN customers c ON c.customer = o.customer
-- name: aggregate_over_window
-- DuckDB by chance
SELECT session, MAX(gap) AS longest FROM (SELECT session, amount - LAG(amount) OVER (PARTITION BY session ORDER BY at) AS gap FROM events) AS t GROUP BY session
-- name: qualify_rank
SELECT customer, id, price FROM orders QUALIFY RANK() OVER (PARTITION BY customer ORDER BY price DESC) <= 2
-- name: window_without_partition
-- recomputed
SELECT id, RANK() OVER (ORDER BY price) AS rank FROM orders
-- name: window_spread
-- recomputed
SELECT id, STDDEV_POP(quantity) OVER (PARTITION BY customer) AS s FROM orders
-- name: limit_rows
-- DuckDB by chance
SELECT id, price FROM orders ORDER BY price DESC LIMIT 5
-- name: limit_offset
-- DuckDB by chance
SELECT id, price FROM orders ORDER BY price DESC LIMIT 3 OFFSET 2
-- name: limit_in_query
SELECT customer, COUNT(*) AS n FROM (SELECT customer FROM orders ORDER BY price, id LIMIT 6) AS t GROUP BY customer
-- name: offset_alone
-- recomputed
SELECT id FROM orders ORDER BY id OFFSET 3 ROWS
-- name: stddev
SELECT product, STDDEV_POP(quantity) AS s, VAR_SAMP(price) AS v, STDDEV(weight) AS w, VARIANCE(DISTINCT quantity) AS d FROM orders GROUP BY product
-- name: stddev_of_all
SELECT STDDEV_SAMP(price) FILTER (WHERE paid) AS s, VAR_POP(weight) AS v FROM orders
-- name: median
-- DuckDB: SELECT product, MEDIAN(CAST(price AS DOUBLE)), MEDIAN(DISTINCT quantity), MEDIAN(weight) FILTER (WHERE paid) FROM orders GROUP BY product
SELECT product, MEDIAN(price) AS m, MEDIAN(DISTINCT quantity) AS d, MEDIAN(weight) FILTER (WHERE paid) AS w FROM orders GROUP BY product
-- name: string_agg
-- DuckDB: SELECT customer, STRING_AGG(product, ', ' ORDER BY product), STRING_AGG(DISTINCT product, ',' ORDER BY product), COUNT(*) FROM orders GROUP BY customer
SELECT customer, STRING_AGG(product, ', ') AS all_products, STRING_AGG(DISTINCT product) AS products, COUNT(*) AS n FROM orders GROUP BY customer
-- name: arg_min_max
SELECT customer, ARG_MAX(product, price) AS dearest, ARG_MIN(id, at) AS first_id, MAX_BY(weight, day) FILTER (WHERE paid) AS w FROM orders GROUP BY customer
-- name: rest_of_a_wide_number
SELECT id, (id * 3000000000) % 7 AS rest FROM orders
-- name: join_using
SELECT customer, o.id, c.name FROM orders o JOIN customers c USING (customer)
-- name: join_using_left
SELECT customer, id, name FROM orders LEFT JOIN customers USING (customer)
-- name: join_using_full
SELECT customer, id, name FROM orders FULL JOIN customers USING (customer)
-- name: join_natural
SELECT customer, id, country FROM orders NATURAL JOIN customers
-- name: lateral_first
SELECT c.name, o.id FROM customers c LEFT JOIN LATERAL (SELECT id FROM orders o WHERE o.customer = c.customer ORDER BY o.id DESC LIMIT 1) o ON TRUE
-- name: lateral_aggregate
SELECT c.name, o.n, o.low FROM customers c, LATERAL (SELECT COUNT(*) AS n, MIN(o.price) AS low FROM orders o WHERE o.customer = c.customer OR o.quantity = c.customer) o
-- name: lateral_union
SELECT c.name, p.a FROM customers c, LATERAL (SELECT c.customer * 2 AS a UNION ALL SELECT o.quantity FROM orders o WHERE o.customer = c.customer) p
-- name: lateral_over
-- recomputed
SELECT c.name, p.n, p.id FROM customers c LEFT JOIN LATERAL (SELECT o.id, RANK() OVER (ORDER BY o.price) AS n FROM orders o WHERE o.customer = c.customer) p ON TRUE
-- name: scalar_subquery_over
-- recomputed
SELECT c.name, (SELECT MAX(s) FROM (SELECT SUM(o.quantity) OVER (PARTITION BY o.product) AS s FROM orders o WHERE o.customer = c.customer) x) AS most FROM customers c
-- name: scalar_subquery_in_two_levels
-- recomputed
SELECT c.name, (SELECT COUNT(*) FROM orders o WHERE o.customer = c.customer AND EXISTS (SELECT 1 FROM events e WHERE e.amount = o.quantity AND e.kind <> c.name)) AS n FROM customers c
-- name: scalar_subquery_unequal
SELECT c.name, (SELECT SUM(o.quantity) FROM orders o WHERE o.customer > c.customer) AS s FROM customers c
-- name: scalar_subquery_of_group
SELECT c.name, (SELECT MAX(x.n) FROM (SELECT o.product, COUNT(*) AS n FROM orders o WHERE o.customer = c.customer GROUP BY o.product) x) AS m FROM customers c
-- name: scalar_subquery_of_union
SELECT c.name, (SELECT COUNT(*) FROM (SELECT o.product FROM orders o WHERE o.customer = c.customer UNION SELECT e.session FROM events e WHERE e.amount = c.customer) x) AS n FROM customers c
-- name: not_in_correlated
SELECT id FROM orders WHERE customer NOT IN (SELECT customer FROM customers WHERE country = orders.product)
-- name: all_of_correlated
SELECT id FROM orders WHERE quantity > ALL (SELECT c.customer FROM customers c WHERE c.credit > orders.price)
-- name: in_as_value
SELECT id, customer IN (SELECT customer FROM customers) AS known FROM orders
-- name: not_exists_beside_correlated
SELECT c.name, (SELECT MAX(o.id) FROM orders o WHERE o.id < c.customer) AS m FROM customers c WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.amount > 95)
-- name: group_by_constant_beside_correlated
SELECT c.name, (SELECT MAX(o.id) FROM orders o WHERE o.id < c.customer) AS m, x.n FROM customers c CROSS JOIN (SELECT 'x' AS tag, COUNT(*) AS n FROM events WHERE amount > 95 GROUP BY 'x') x
-- name: in_constants
SELECT id FROM orders o WHERE product NOT IN (SELECT 'p2' FROM customers c WHERE c.customer = o.customer) AND product IN (SELECT 'p1' FROM events UNION ALL SELECT 'p3' FROM events)
-- name: in_pairs
SELECT id FROM orders WHERE (customer, product) NOT IN (SELECT customer, name FROM customers)
-- name: in_pairs_as_value
-- recomputed
-- DuckDB: SELECT id, (SELECT CASE WHEN BOOL_OR(o.customer = c.customer AND o.product = c.name) THEN TRUE WHEN BOOL_OR((o.customer = c.customer AND o.product = c.name) IS NULL) THEN NULL ELSE FALSE END FROM customers c), NOT (SELECT CASE WHEN BOOL_OR(o.product = c.country AND o.customer = c.customer) THEN TRUE WHEN BOOL_OR((o.product = c.country AND o.customer = c.customer) IS NULL) THEN NULL ELSE FALSE END FROM customers c) FROM orders o
SELECT id, (customer, product) IN (SELECT customer, name FROM customers) AS known, (product, customer) NOT IN (SELECT country, customer FROM customers) AS stranger FROM orders
-- name: in_pairs_filter
-- recomputed
SELECT id FROM orders WHERE (customer, quantity) IN (SELECT customer, customer FROM customers WHERE credit > 20) AND NOT ((customer, paid) IN (SELECT quantity, paid FROM orders))
-- name: exists_unknown
SELECT id FROM orders o WHERE EXISTS (SELECT 1 FROM customers c WHERE (o.customer = c.customer AND o.product = c.name) IS UNKNOWN)
-- name: exists_also_null
-- recomputed
SELECT id, (SELECT COUNT(*) FROM customers c WHERE c.customer IS NOT DISTINCT FROM o.customer) AS same, (SELECT COUNT(*) FROM customers c WHERE o.customer IS NULL OR c.credit > 50) AS other FROM orders o
-- name: exists_as_value
SELECT name, CASE WHEN EXISTS (SELECT 1 FROM orders o WHERE o.customer = c.customer) THEN 'buys' ELSE 'looks' END AS a FROM customers c
-- name: exists_or
SELECT c.name FROM customers c WHERE c.credit > 50 OR EXISTS (SELECT 1 FROM orders o WHERE o.customer = c.customer AND o.paid)
-- name: join_on_subquery
SELECT o.id, c.name FROM orders o LEFT JOIN customers c ON c.customer = (SELECT MAX(x.customer) FROM customers x WHERE x.customer <= o.customer)
-- name: asof
-- recomputed
-- DuckDB: SELECT o.id, c.name FROM orders o CROSS JOIN LATERAL (SELECT * FROM customers c WHERE c.country = 'c' || o.customer AND o.quantity >= c.customer ORDER BY c.customer DESC, c.customer, c.name, c.country, c.credit LIMIT 1) c
SELECT o.id, c.name FROM (SELECT *, 'c' || CAST(customer AS VARCHAR) AS country FROM orders) o ASOF JOIN customers c MATCH_CONDITION o.quantity >= c.customer ON o.country = c.country
-- name: asof_filtered
-- recomputed
-- DuckDB: SELECT o.id, c.name FROM orders o CROSS JOIN LATERAL (SELECT * FROM customers c WHERE c.country = 'c' || o.customer AND o.quantity > c.customer ORDER BY c.customer DESC, c.customer, c.name, c.country, c.credit LIMIT 1) c WHERE c.credit > 40 AND o.price > 5
SELECT o.id, c.name FROM (SELECT *, 'c' || CAST(customer AS VARCHAR) AS country FROM orders) o ASOF JOIN customers c MATCH_CONDITION o.quantity > c.customer ON o.country = c.country WHERE c.credit > 40 AND o.price > 5
-- name: asof_left
-- recomputed
-- DuckDB: SELECT o.id, c.name FROM orders o LEFT JOIN LATERAL (SELECT * FROM customers c WHERE c.country = o.product AND o.quantity < c.customer ORDER BY c.customer, c.name, c.country, c.credit LIMIT 1) c ON TRUE
SELECT o.id, c.name FROM orders o LEFT ASOF JOIN customers c MATCH_CONDITION o.quantity < c.customer ON o.product = c.country
-- name: recursion
-- recomputed
WITH RECURSIVE up AS (SELECT id, quantity AS n FROM orders WHERE quantity < 4 UNION ALL SELECT id, n + 1 FROM up WHERE n < 4) SELECT id, n FROM up
-- name: recursion_until_nothing_is_new
-- recomputed
WITH RECURSIVE reached(node) AS (SELECT customer FROM customers WHERE credit > 50 UNION SELECT o.quantity FROM reached r JOIN orders o ON o.customer = r.node) SELECT node FROM reached
-- name: recursion_among_others
-- recomputed
WITH RECURSIVE down(n) AS (SELECT MAX(quantity) FROM orders UNION ALL SELECT n - 1 FROM down WHERE n > 0) SELECT d.n, COUNT(o.id) AS orders FROM down d LEFT JOIN orders o ON o.quantity = d.n GROUP BY d.n
-- name: session
-- DuckDB: SELECT session, MIN("at"), MAX("at") + INTERVAL 3 MINUTE, COUNT(*) FROM (SELECT *, SUM(CASE WHEN "at" <= before + INTERVAL 3 MINUTE THEN 0 ELSE 1 END) OVER (PARTITION BY session ORDER BY "at") AS n FROM (SELECT *, LAG("at") OVER (PARTITION BY session ORDER BY "at") AS before FROM events)) GROUP BY session, n
SELECT session, window_start, window_end, COUNT(*) AS n FROM TABLE(SESSION(TABLE events, DESCRIPTOR(at), DESCRIPTOR(session), INTERVAL '3' MINUTE)) GROUP BY session, window_start, window_end
-- name: count_of_several
-- recomputed
-- DuckDB: SELECT customer, COUNT(*) FILTER (WHERE product IS NOT NULL AND quantity IS NOT NULL), COUNT(DISTINCT (product, quantity)) FILTER (WHERE product IS NOT NULL AND quantity IS NOT NULL AND paid) FROM orders GROUP BY customer
SELECT customer, COUNT(product, quantity) AS n, COUNT(DISTINCT product, quantity) FILTER (WHERE paid) AS d FROM orders GROUP BY customer
-- name: string_agg_ordered
-- recomputed
SELECT customer, STRING_AGG(product, '-' ORDER BY price DESC, product) AS p, STRING_AGG(DISTINCT product, '+' ORDER BY product DESC) AS q FROM orders GROUP BY customer
-- name: listagg
-- recomputed
-- DuckDB: SELECT customer, STRING_AGG(product, '+' ORDER BY quantity, product) FROM orders GROUP BY customer
SELECT customer, LISTAGG(product, '+') WITHIN GROUP (ORDER BY quantity) AS q FROM orders GROUP BY customer
-- name: window_filter
SELECT id, SUM(quantity) FILTER (WHERE price > 10) OVER (PARTITION BY customer) AS s, COUNT(*) FILTER (WHERE paid) OVER (PARTITION BY customer) AS n FROM orders
-- name: window_last_peer
-- DuckDB: SELECT id, LAST_VALUE(id ORDER BY quantity, id, product) OVER w AS last_id, FIRST_VALUE(id ORDER BY quantity, id, product) OVER w AS first_id FROM (SELECT id, customer, quantity, product FROM orders) WINDOW w AS (PARTITION BY customer ORDER BY quantity)
SELECT id, LAST_VALUE(id) OVER (PARTITION BY customer ORDER BY quantity) AS last_id, FIRST_VALUE(id) OVER (PARTITION BY customer ORDER BY quantity) AS first_id FROM orders
-- name: window_range_of_numbers
-- recomputed
SELECT id, SUM(quantity) OVER (PARTITION BY customer ORDER BY quantity RANGE BETWEEN 2 PRECEDING AND 1 FOLLOWING) AS s, COUNT(*) OVER (ORDER BY price DESC RANGE BETWEEN 1.5 PRECEDING AND CURRENT ROW) AS n, MAX(product) OVER (ORDER BY weight RANGE BETWEEN UNBOUNDED PRECEDING AND 0.25 FOLLOWING) AS p FROM orders
-- name: window_range_of_time
-- recomputed
SELECT session, at, SUM(amount) OVER (PARTITION BY session ORDER BY at RANGE BETWEEN INTERVAL '10' MINUTE PRECEDING AND CURRENT ROW) AS s, COUNT(*) OVER (ORDER BY at RANGE BETWEEN INTERVAL '90' SECOND PRECEDING AND INTERVAL '90' SECOND FOLLOWING) AS n FROM events
-- name: window_range_of_days
-- recomputed
SELECT id, COUNT(*) OVER (ORDER BY day RANGE BETWEEN INTERVAL '3' DAY PRECEDING AND CURRENT ROW) AS days, COUNT(*) OVER (ORDER BY day RANGE BETWEEN INTERVAL '1' MONTH PRECEDING AND INTERVAL '1' MONTH FOLLOWING) AS months FROM orders
-- name: window_range_values
-- recomputed
-- DuckDB: SELECT id, FIRST_VALUE(id ORDER BY quantity, id) OVER w, LAST_VALUE(id ORDER BY quantity, id) OVER w FROM orders WINDOW w AS (PARTITION BY customer ORDER BY quantity RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING)
SELECT id, FIRST_VALUE(id) OVER (PARTITION BY customer ORDER BY quantity RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS f, LAST_VALUE(id) OVER (PARTITION BY customer ORDER BY quantity RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS l FROM orders
-- name: window_exclude
-- recomputed
SELECT id, SUM(quantity) OVER (PARTITION BY customer ORDER BY quantity RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) AS a, SUM(quantity) OVER (PARTITION BY customer ORDER BY quantity RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP) AS b, SUM(quantity) OVER (PARTITION BY customer ORDER BY quantity RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE TIES) AS c, SUM(quantity) OVER (PARTITION BY customer ORDER BY quantity RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS d FROM orders
-- name: window_exclude_rows
-- recomputed
SELECT id, SUM(id) OVER (PARTITION BY customer ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) AS s FROM orders
-- name: window_distinct
-- recomputed
SELECT id, COUNT(DISTINCT product) OVER (PARTITION BY customer) AS n, SUM(DISTINCT quantity) OVER (PARTITION BY customer ORDER BY day) AS s FROM orders
-- name: window_ignore_nulls
-- recomputed
-- DuckDB: SELECT id, LAST_VALUE(product IGNORE NULLS) OVER w, LAG(product IGNORE NULLS) OVER w FROM orders WINDOW w AS (PARTITION BY customer ORDER BY id, product ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
SELECT id, LAST_VALUE(product) IGNORE NULLS OVER (PARTITION BY customer ORDER BY id, product ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS l, LAG(product) IGNORE NULLS OVER (PARTITION BY customer ORDER BY id, product) AS b FROM orders
-- name: window_other_aggregates
-- recomputed
-- DuckDB: SELECT id, MEDIAN(CAST(price AS DOUBLE)) OVER w, STRING_AGG(product, '+' ORDER BY product) OVER w, ARG_MAX(id, ROW(price, id)) FILTER (WHERE price IS NOT NULL) OVER w, BOOL_AND(paid) OVER w, STDDEV_SAMP(quantity) OVER w FROM orders WINDOW w AS (PARTITION BY customer)
SELECT id, MEDIAN(price) OVER (PARTITION BY customer) AS m, STRING_AGG(product, '+') OVER (PARTITION BY customer) AS t, ARG_MAX(id, price) OVER (PARTITION BY customer) AS a, EVERY(paid) OVER (PARTITION BY customer) AS e, STDDEV(quantity) OVER (PARTITION BY customer) AS d FROM orders
-- name: pivot
SELECT * FROM (SELECT customer, product, quantity FROM orders) PIVOT (SUM(quantity) AS q FOR product IN ('p1' AS p1, 'p2' AS p2))
-- name: grouping_sets
SELECT product, paid, COUNT(*) AS n, GROUPING(product) AS g FROM orders GROUP BY GROUPING SETS ((product), (paid), ())
-- name: values_join
SELECT o.id, v.label FROM orders o JOIN (VALUES (1, 'one'), (2, 'two')) AS v(n, label) ON v.n = o.customer
-- name: recursion_null_in_later_rounds
-- recomputed
WITH RECURSIVE up(id, next, level) AS (SELECT id, id, 1 FROM orders UNION ALL SELECT u.id, c.customer, u.level + 1 FROM up u LEFT JOIN customers c ON c.customer = u.next + 1 WHERE u.level < 3) SELECT id, level FROM up WHERE next IS NOT NULL
-- name: recursion_null_passed_on
-- recomputed
WITH RECURSIVE up(id, before, next, level) AS (SELECT id, id, id, 1 FROM orders UNION ALL SELECT u.id, u.next, c.customer, u.level + 1 FROM up u LEFT JOIN customers c ON c.customer = u.next + 1 WHERE u.level < 4) SELECT id, before, next, level FROM up
-- name: recursion_tests_itself_for_null
-- recomputed
WITH RECURSIVE up(id, next, level) AS (SELECT id, id, 1 FROM orders UNION ALL SELECT u.id, CASE WHEN COALESCE(u.next, -1) > 2 THEN NULL ELSE COALESCE(u.next, 7) + 1 END, u.level + 1 FROM up u WHERE (u.next IS NOT NULL OR u.id > 3) AND u.level < 4) SELECT id, next, level FROM up
-- name: recursion_wider_than_it_starts
-- recomputed
WITH RECURSIVE up(id, v, level) AS (SELECT id, 1, 1 FROM orders UNION ALL SELECT u.id, u.v + u.id, u.level + 1 FROM up u WHERE u.level < 4) SELECT id, v, level FROM up
