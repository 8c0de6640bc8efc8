// How values are shown.

const integer = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const decimal = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });
const compact = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 });
const day = { year: "numeric", month: "short", day: "numeric" };

export const isNumber = (type) => /^(INTEGER|BIGINT|DOUBLE|DECIMAL)/i.test(type);
export const isTime = (type) => /^(DATE|TIMESTAMP)/i.test(type);

const asNumber = (v) => (typeof v === "number" ? v : Number(v));

/** A whole number with separators. */
export const count = (v) => (v == null ? "–" : integer.format(v));

/** A short number: 1.2M. */
export const short = (v) => (v == null ? "–" : Math.abs(v) < 10000 ? decimal.format(v) : compact.format(v));

/** A cell of a table. */
export function cell(value, type) {
  if (value === null || value === undefined) return "NULL";
  if (/^(INTEGER|BIGINT)/i.test(type)) return groups(String(value));
  const scale = /^DECIMAL\(\d+,\s*(\d+)\)/i.exec(type)?.[1];
  if (scale !== undefined) return fixed(value, Number(scale));
  if (/^DOUBLE/i.test(type)) return Number.isFinite(asNumber(value)) ? String(value) : value;
  if (/^TIMESTAMP/i.test(type)) return String(value).replace("T", " ").replace(/^(.{16})$/, "$1:00");
  return String(value);
}

/** A measure on a tile: two decimals at most. */
export function measure(value, type) {
  if (value === null || value === undefined) return "–";
  if (!isNumber(type)) return cell(value, type);
  return Math.abs(asNumber(value)) >= 1e15 ? cell(value, type) : decimal.format(asNumber(value));
}

function groups(text) {
  return text.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

function fixed(value, scale) {
  const text = typeof value === "number" ? value.toFixed(scale) : value;
  const [whole, fraction = ""] = text.split(".");
  return groups(whole) + (scale > 0 ? "." + fraction.padEnd(scale, "0") : "");
}

const utc = (value) => new Date(String(value).replace(" ", "T") + (String(value).length > 10 ? "Z" : "T00:00:00Z"));

/** The period after one. */
function after(date, grain) {
  const next = new Date(date);
  switch (grain) {
    case "year":
      next.setUTCFullYear(next.getUTCFullYear() + 1);
      break;
    case "quarter":
    case "month":
      next.setUTCMonth(next.getUTCMonth() + (grain === "month" ? 1 : 3));
      break;
    default:
      next.setTime(next.getTime() + 1000 * { second: 1, minute: 60, hour: 3600, day: 86400, week: 7 * 86400 }[grain]);
  }
  return next;
}

/** Rows by time, with those of periods that have none in between: an axis must not close up over them. */
export function withGaps(rows, grain, most = 5000) {
  const all = [];
  for (const row of rows) {
    const time = utc(row[0]);
    let at = all.length ? after(utc(all.at(-1)[0]), grain) : time;
    for (; at < time; at = after(at, grain)) {
      if (all.length >= most) return rows;
      all.push([at.toISOString().slice(0, 19), ...row.slice(1).map(() => null)]);
    }
    all.push(row);
  }
  return all;
}

/** The label of a point in time, by its grain; among others of the same day it needs none. */
export function period(value, grain, withDay = true) {
  const date = utc(value);
  if (Number.isNaN(date.getTime())) return String(value);
  const show = (options) => new Intl.DateTimeFormat(undefined, { timeZone: "UTC", ...options }).format(date);
  switch (grain) {
    case "year":
      return show({ year: "numeric" });
    case "quarter":
      return `Q${Math.floor(date.getUTCMonth() / 3) + 1} ${date.getUTCFullYear()}`;
    case "month":
      return show({ year: "numeric", month: "short" });
    case "week":
    case "day":
      return show(day);
    case "second":
      return show({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
    default:
      return show({ ...(withDay && { month: "short", day: "numeric" }), hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  }
}

export function millis(value) {
  if (value == null) return "–";
  if (value < 1) return "<1 ms";
  return value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(value < 10000 ? 1 : 0)} s`;
}

export function bytes(value) {
  if (value == null) return "–";
  const units = ["B", "KB", "MB", "GB", "TB"];
  const power = Math.min(Math.floor(Math.log10(Math.max(value, 1)) / 3), units.length - 1);
  return `${(value / 1000 ** power).toFixed(power && value / 1000 ** power < 10 ? 1 : 0)} ${units[power]}`;
}

/** How long ago: "3 s ago". */
export function ago(time, now) {
  const seconds = Math.max(0, Math.round((new Date(now) - new Date(time)) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  return seconds < 86400 ? `${Math.floor(seconds / 3600)} h ago` : `${Math.floor(seconds / 86400)} d ago`;
}

export const clock = (time) =>
  new Date(time).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
