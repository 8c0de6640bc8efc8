/**
 * The HTTP API and the page.
 *
 * <p>A {@code Server} answers on the loopback address only. What it shows comes through five small
 * interfaces, so that it can stand beside a running mill as well as before a lake at rest:
 *
 * <ul>
 *   <li>{@link dev.leat.server.ProjectMap}: what the project is made of (sources, tables, lineage)
 *   <li>{@link dev.leat.server.Questions}: a SELECT answered from one epoch of the lake
 *   <li>{@link dev.leat.server.Live}: how the mill is doing right now ({@link
 *       dev.leat.server.Status})
 *   <li>{@link dev.leat.server.Events}: where posted events go
 *   <li>{@link dev.leat.server.QuarantineActions}: how rows leave the quarantine
 * </ul>
 *
 * <p>Read {@code Server} first, then {@code Gate} (who may ask), then the routes: {@code
 * StatusRoutes}, {@code QueryRoutes}, {@code EventRoutes}, {@code QuarantineRoutes}, {@code
 * DashboardRoutes}, {@code PageRoutes}. {@code DashboardSql} turns the measures of a dashboard into
 * SELECTs. The page itself stands in the resources beside this package, in {@code page/}: {@code
 * app.js} is its entrance.
 */
@NullMarked
package dev.leat.server;

import org.jspecify.annotations.NullMarked;
