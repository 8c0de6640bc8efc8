// One relation: columns and where they come from, rows, history.
import { html } from "lit";
import { Element, loading, problem } from "./element.js";
import { Follow } from "./live.js";
import { get } from "./api.js";
import { ago, bytes, clock, count, millis, short } from "./format.js";
import "./grid.js";

const link = (name) => html`<a href=${`/tables/${encodeURIComponent(name)}`}>${name}</a>`;
const links = (names) => (names.length ? names.map((n, i) => html`${i ? ", " : ""}${link(n)}`) : "–");

class Table extends Element {
  static properties = { name: {}, status: { state: true }, table: { state: true }, rows: { state: true }, error: { state: true } };

  constructor() {
    super();
    new Follow(this);
  }

  willUpdate(changed) {
    if (changed.has("name")) this.load();
  }

  async load() {
    this.table = this.rows = this.error = null;
    await this.show((path) => path, "table", (error) => (this.error = error));
    if (this.table) await this.loadRows();
  }

  loadRows() {
    return this.show((path) => `${path}/rows?limit=100`, "rows", (error) => (this.rows = { error }));
  }

  /** An answer that comes when another table is looked at, or after a newer one, is not shown. */
  async show(path, as, fail) {
    const name = this.name;
    const turn = (this.turns = (this.turns ?? 0) + 1);
    const late = () => name !== this.name || turn < (this.shown ?? 0);
    try {
      const found = await get(path(`/v1/tables/${encodeURIComponent(name)}`));
      if (late()) return;
      this.shown = turn;
      this[as] = found;
    } catch (e) {
      if (!late()) fail(e.told ?? { message: String(e), code: "" });
    }
  }

  /** Epochs may come faster than they are told: what counts is whether the rows are older than the last change. */
  epochChanged() {
    const facts = this.status?.tables.find((t) => t.table === this.table?.name);
    if (this.table && !(facts?.changed <= this.rows?.epoch)) this.loadRows();
  }

  render() {
    if (this.error) return problem(this.error);
    if (!this.table) return loading(this.name);
    const t = this.table;
    return html`<header class="title">
        <p class="crumb">${t.origin === "source" ? `source ${t.source}` : [t.layer, t.mart].filter(Boolean).join(" / ")}</p>
        <h1>${t.name}</h1>
        ${t.description ? html`<p class="lead">${t.description}</p>` : ""}
      </header>
      ${this.facts(t)}
      <section class="panel">
        <h2>Columns</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="Columns">
          <table class="grid">
            <thead>
              <tr><th scope="col">Column</th><th scope="col">Type</th><th scope="col">Made from</th></tr>
            </thead>
            <tbody>
              ${t.columns.map(
                (c) => html`<tr>
                  <td><strong>${c.name}</strong>${t.key.includes(c.name) ? html` <span class="tag">key</span>` : ""}</td>
                  <td><code>${c.type.toLowerCase()}</code>${c.nullable ? "" : html` <span class="quiet">not null</span>`}</td>
                  <td class="wrap">${c.from.length ? c.from.map((f, i) => html`${i ? ", " : ""}${link(f.relation)}.${f.column}`) : html`<span class="quiet">–</span>`}</td>
                </tr>`,
              )}
            </tbody>
          </table>
        </div>
        <dl class="pairs"><dt>Reads</dt><dd>${links(t.reads)}</dd><dt>Read by</dt><dd>${links(t.readBy)}</dd></dl>
      </section>
      <section class="panel">
        <h2>Rows</h2>
        ${!this.rows
          ? loading("rows")
          : this.rows.error
            ? problem(this.rows.error)
            : html`<leat-grid .columns=${this.rows.columns} .rows=${this.rows.rows} label="Rows of ${t.name}"></leat-grid>
                <p class="quiet">${this.rows.complete ? "All rows" : `The first ${count(this.rows.rows.length)} rows`} of epoch ${count(this.rows.epoch)}</p>`}
      </section>
      ${t.sql ? html`<section class="panel"><h2>SQL</h2><pre tabindex="0">${t.sql}</pre><p class="quiet">${t.file}</p></section>` : ""}
      ${this.history()}`;
  }

  facts(t) {
    const source = this.status?.sources.find((s) => s.table === t.name);
    const table = this.status?.tables.find((s) => s.table === t.name);
    const fact = (name, value) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
    if (source) {
      return html`<dl class="facts-row">
          ${fact("Rows taken in", count(source.rows))} ${fact("Rate", `${short(source.rowsPerSecond)}/s`)}
          ${fact("Waiting", source.lag === undefined ? "–" : count(source.lag))} ${fact("Rejected", count(source.rejected))}
          ${fact("Newest", source.newest ? ago(source.newest, this.status.time) : "–")} ${fact("Read to", source.position)}
        </dl>
        ${source.trouble ? problem({ message: source.trouble, code: "trouble" }) : ""}`;
    }
    if (!table) return "";
    return html`<dl class="facts-row">
        ${fact("Rows", count(table.rows))} ${fact("Changes", `${short(table.changesPerSecond)}/s`)}
        ${fact("Kept", table.mode === "live" ? "live" : "recomputed")} ${fact("Last changed", `epoch ${count(table.changed)}`)}
        ${fact("Files", bytes(table.bytes))}
      </dl>
      ${table.mode === "recomputed" && table.why ? html`<p class="quiet">${table.why}</p>` : ""}`;
  }

  history() {
    if (!this.status?.epochs.length) return "";
    return html`<section class="panel">
      <h2>Epochs</h2>
      <div class="scroll history" tabindex="0" role="region" aria-label="Epochs">
        <table class="grid">
          <thead>
            <tr><th scope="col" class="right">Epoch</th><th scope="col">Published</th><th scope="col" class="right">Rows read</th><th scope="col" class="right">Took</th></tr>
          </thead>
          <tbody>
            ${this.status.epochs.slice(0, 30).map(
              (e) => html`<tr>
                <td class="right">${count(e.number)}</td><td>${clock(e.time)}</td><td class="right">${count(e.rows)}</td><td class="right">${millis(e.tookMillis)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }
}

customElements.define("leat-table", Table);
