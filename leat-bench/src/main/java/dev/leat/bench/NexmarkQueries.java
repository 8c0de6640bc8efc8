package dev.leat.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The queries, in a SQL both peers read but for the name of the time column and how a day is
 * written.
 */
final class NexmarkQueries {
  private NexmarkQueries() {}

  static final String THREE_MILLION_KEYS =
      "MOD(price * 31 + bidder * 7919 + auction * 104729, 3000000)";

  /** Name → SQL; {@code date_time} is the time column, {@code {day}} a bid's day. */
  static Map<String, String> all() {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put(
        "group_by_3m",
        "SELECT %1$s AS k, COUNT(*) AS c, SUM(price) AS s, MAX(price) AS m FROM bid GROUP BY %1$s"
            .formatted(THREE_MILLION_KEYS));
    queries.put(
        "q4",
        "SELECT category, AVG(final) AS average FROM (SELECT MAX(b.price) AS final, a.category"
            + " FROM auction a JOIN bid b ON a.id = b.auction AND b.date_time BETWEEN a.date_time"
            + " AND a.expires GROUP BY a.id, a.category) AS q GROUP BY category");
    queries.put("q15", q15());
    queries.put(
        "q18",
        "SELECT auction, bidder, price, channel, url, date_time, extra FROM (SELECT *, ROW_NUMBER()"
            + " OVER (PARTITION BY bidder, auction ORDER BY date_time DESC) AS rn FROM bid) AS q"
            + " WHERE rn <= 1");
    queries.put(
        "q19",
        "SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY auction ORDER BY price DESC) AS"
            + " rn FROM bid) AS q WHERE rn <= 10");
    return queries;
  }

  private static String q15() {
    StringBuilder sql = new StringBuilder("SELECT {day} AS d");
    String[] counted = {"COUNT(*)", "COUNT(DISTINCT bidder)", "COUNT(DISTINCT auction)"};
    String[] ranges = {
      "", "price < 10000", "price >= 10000 AND price < 1000000", "price >= 1000000"
    };
    int column = 0;
    for (String count : counted) {
      for (String range : ranges) {
        sql.append(", ").append(count);
        if (!range.isEmpty()) {
          sql.append(" FILTER (WHERE ").append(range).append(")");
        }
        sql.append(" AS c").append(column++);
      }
    }
    return sql.append(" FROM bid GROUP BY {day}").toString();
  }
}
