// The SQL box.
import { html } from "lit";
import { Element, problem } from "./element.js";
import { query } from "./api.js";
import { count, isNumber, isTime, millis } from "./format.js";
import "./grid.js";
import "./chart.js";

const KEPT = "leat-sql";
const LIMIT = 1000;

class Query extends Element {
  static properties = {
    project: { attribute: false },
    answer: { state: true },
    error: { state: true },
    busy: { state: true },
    view: { state: true },
  };

  constructor() {
    super();
    this.view = "table";
    this.sql = sessionStorage.getItem(KEPT) ?? "";
  }

  willUpdate(changed) {
    if (changed.has("project") && this.project && !this.sql) {
      const last = this.project.relations.at(-1);
      this.sql = last ? `SELECT * FROM ${last.name} LIMIT 100` : "";
    }
  }

  async run() {
    const sql = this.querySelector("textarea").value;
    if (!sql.trim()) return;
    sessionStorage.setItem(KEPT, sql);
    this.sql = sql;
    this.stop?.abort();
    this.stop = new AbortController();
    this.busy = true;
    try {
      this.answer = await query(sql, LIMIT, this.stop.signal);
      this.error = null;
    } catch (e) {
      if (e.name === "AbortError") return;
      this.error = e.told ?? { message: String(e), code: "" };
    }
    this.busy = false;
  }

  keys(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.run();
    }
  }

  render() {
    return html`<header class="title"><h1>Query</h1></header>
      <section class="panel">
        <label for="sql" class="hidden">SQL</label>
        <textarea id="sql" rows="7" spellcheck="false" autocapitalize="off" autocomplete="off" .value=${this.sql} @keydown=${this.keys}
          placeholder="SELECT …" aria-describedby="sql-help"></textarea>
        <div class="bar">
          <button class="primary" @click=${this.run} aria-busy=${this.busy ? "true" : "false"}>Run</button>
          <span id="sql-help" class="quiet">Ctrl+Enter runs. Answers come from one epoch; nothing can be changed.</span>
        </div>
      </section>
      ${this.error ? problem(this.error) : this.answer ? this.result() : this.tables()}`;
  }

  result() {
    const a = this.answer;
    const chartable = a.columns.length > 1 && a.rows.length > 1 && a.columns.slice(1).some((c) => isNumber(c.type));
    const view = chartable ? this.view : "table";
    const tab = (name, title) =>
      html`<button aria-pressed=${view === name ? "true" : "false"} @click=${() => (this.view = name)}>${title}</button>`;
    return html`<section class="panel" aria-label="Result">
      <div class="bar">
        <span class="quiet" role="status">${count(a.rows.length)}${a.complete ? "" : "+"} ${a.rows.length === 1 ? "row" : "rows"} · ${millis(a.millis)} · epoch ${count(a.epoch)}</span>
        ${chartable ? html`<span class="tabs" role="group" aria-label="Show as">${tab("table", "Table")}${tab("chart", "Chart")}</span>` : ""}
      </div>
      ${view === "chart"
        ? html`<leat-chart class="tall" kind=${isTime(a.columns[0].type) ? "line" : "bar"} .columns=${a.columns} .rows=${a.rows} label="Result"></leat-chart>`
        : html`<leat-grid .columns=${a.columns} .rows=${a.rows} label="Result"></leat-grid>`}
    </section>`;
  }

  tables() {
    if (!this.project) return "";
    return html`<section class="panel">
      <h2>Tables</h2>
      <p class="chips">
        ${this.project.relations.map(
          (r) => html`<button class="chip" @click=${() => this.pick(r.name)}>${r.name}</button>`,
        )}
      </p>
    </section>`;
  }

  pick(name) {
    const box = this.querySelector("textarea");
    box.value = `SELECT * FROM ${name} LIMIT 100`;
    box.focus();
  }
}

customElements.define("leat-query", Query);
