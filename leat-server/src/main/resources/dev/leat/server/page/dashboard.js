// One dashboard: filters, panels; new epochs show without a reload.
import { html } from "lit";
import { Element, empty, loading, problem } from "./element.js";
import { Follow } from "./live.js";
import { get } from "./api.js";
import { count, measure } from "./format.js";
import "./grid.js";
import "./chart.js";

const SPANS = [
  ["", "All time"],
  ["1h", "Last hour"],
  ["24h", "Last 24 hours"],
  ["7d", "Last 7 days"],
  ["30d", "Last 30 days"],
  ["90d", "Last 90 days"],
  ["12mo", "Last 12 months"],
  ["custom", "Between …"],
];

class Dashboard extends Element {
  static properties = { name: {}, status: { state: true }, data: { state: true }, error: { state: true }, custom: { state: true } };

  constructor() {
    super();
    new Follow(this);
  }

  willUpdate(changed) {
    if (changed.has("name")) {
      this.data = this.error = null;
      this.chosen = new URLSearchParams(location.search);
      this.custom = this.chosen.has("from") || this.chosen.has("to");
      this.load();
    }
  }

  async load() {
    if (this.loading) {
      this.again = true;
      return;
    }
    this.loading = true;
    do {
      this.again = false;
      try {
        this.data = await get(`/v1/dashboards/${encodeURIComponent(this.name)}/data?${this.chosen}`);
        this.error = null;
      } catch (e) {
        this.error = e.told ?? { message: String(e), code: "" };
      }
    } while (this.again);
    this.loading = false;
  }

  epochChanged() {
    this.load();
  }

  choose(changes) {
    for (const [key, value] of Object.entries(changes)) {
      if (value) this.chosen.set(key, value);
      else this.chosen.delete(key);
    }
    const search = this.chosen.toString();
    history.replaceState(null, "", location.pathname + (search ? `?${search}` : ""));
    this.load();
  }

  span(event) {
    const value = event.target.value;
    this.custom = value === "custom";
    if (!this.custom) this.choose({ last: value, from: "", to: "" });
    else this.choose({ last: "", from: this.data.oldest?.slice(0, 10), to: this.data.newest?.slice(0, 10) });
  }

  render() {
    if (this.error && !this.data) return problem(this.error);
    if (!this.data) return loading("dashboard");
    const numbers = this.data.panels.filter((p) => p.kind === "number");
    const others = this.data.panels.filter((p) => p.kind !== "number");
    return html`<header class="title"><h1>${this.data.title}</h1>${this.filters()}</header>
      ${this.error ? problem(this.error) : ""}
      ${numbers.length ? html`<div class="numbers">${numbers.map((p) => this.number(p))}</div>` : ""}
      <div class="panels">${others.map((p) => this.panel(p))}</div>
      ${this.data.panels.length ? "" : empty("This dashboard has no panels yet.")}`;
  }

  filters() {
    const d = this.data;
    const dimensions = Object.entries(d.dimensions);
    const time = d.filters.includes("time");
    if (!time && !dimensions.length) return "";
    return html`<form class="filters" aria-label="Filters" @submit=${(e) => e.preventDefault()}>
      ${time ? this.time(d) : ""}
      ${dimensions.map(
        ([name, values]) => html`<label
          >${name.replaceAll("_", " ")}
          <select name=${name} @change=${(e) => this.choose({ [name]: e.target.value })}>
            <option value="">All</option>
            ${values.map((v) => html`<option value=${v} ?selected=${this.chosen.get(name) === v}>${v}</option>`)}
          </select>
        </label>`,
      )}
    </form>`;
  }

  time(d) {
    const selected = this.custom ? "custom" : (this.chosen.get("last") ?? "");
    const date = (name, title) =>
      html`<label>${title} <input type="date" name=${name} .value=${this.chosen.get(name) ?? ""} min=${d.oldest?.slice(0, 10)} max=${d.newest?.slice(0, 10)}
        @change=${(e) => this.choose({ [name]: e.target.value })} /></label>`;
    return html`<label
        >time
        <select name="last" @change=${this.span}>
          ${SPANS.map(([value, title]) => html`<option value=${value} ?selected=${selected === value}>${title}</option>`)}
        </select>
      </label>
      ${this.custom ? html`${date("from", "from")}${date("to", "to")}` : ""}`;
  }

  number(p) {
    if (p.error) return html`<section class="panel">${problem(p.error)}</section>`;
    const type = p.columns[0].type;
    const value = p.rows[0]?.[0] ?? null;
    return html`<section class="panel number">
      <h2>${p.title}</h2>
      <p class="value" data-measure=${p.measure ?? ""} title=${value ?? ""}>${measure(value, type)}</p>
      <p class="change">${p.previous ? change(value, p.previous[0]?.[0], type) : html`&nbsp;`}</p>
    </section>`;
  }

  panel(p) {
    const wide = p.kind === "bar" ? "" : "wide";
    return html`<section class="panel ${wide}">
      <h2>${p.title}</h2>
      ${p.error ? problem(p.error) : !p.rows.length ? empty("No data for this choice.") : this.body(p)}
    </section>`;
  }

  body(p) {
    if (p.kind === "table") return html`<leat-grid class="limited" .columns=${p.columns} .rows=${p.rows} label=${p.title}></leat-grid>`;
    const tall = p.kind === "bar" && !p.grain && p.rows.length > 8 ? "tall" : "";
    return html`<leat-chart class=${tall} kind=${p.kind} grain=${p.grain ? p.by : ""} .columns=${p.columns} .rows=${p.rows} label=${p.title}></leat-chart>`;
  }
}

function change(now, before, type) {
  if (now === null || before === null || before === undefined || Number(before) === 0) {
    return html`<span class="quiet">before: ${measure(before ?? null, type)}</span>`;
  }
  const percent = ((Number(now) - Number(before)) / Math.abs(Number(before))) * 100;
  const sign = percent > 0 ? "up" : percent < 0 ? "down" : "";
  const arrow = percent > 0 ? "▲" : percent < 0 ? "▼" : "■";
  return html`<span class=${sign}>${arrow} ${Math.abs(percent) >= 1000 ? count(Math.abs(percent)) : Math.abs(percent).toFixed(1)} %</span>
    <span class="quiet">from ${measure(before, type)}</span>`;
}

customElements.define("leat-dashboard", Dashboard);
