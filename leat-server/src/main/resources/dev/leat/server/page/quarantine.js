// Rows that broke their contract.
import { html } from "lit";
import { Element, empty, loading, problem } from "./element.js";
import { Follow } from "./live.js";
import { get } from "./api.js";
import { cell, count } from "./format.js";

class Quarantine extends Element {
  static properties = { status: { state: true }, found: { state: true }, error: { state: true } };

  constructor() {
    super();
    new Follow(this);
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  /** In one epoch a row may go and another come: the number of them says nothing. */
  epochChanged() {
    if (this.status?.quarantined || this.seen) this.load();
  }

  async load() {
    this.seen = this.status?.quarantined;
    try {
      this.found = await get("/v1/quarantine?limit=500");
      this.error = null;
    } catch (e) {
      this.error = e.told ?? { message: String(e), code: "" };
    }
  }

  render() {
    return html`<header class="title">
        <h1>Quarantine</h1>
        <p class="lead">Rows that broke their contract: kept whole, with the reason, until they are mended and replayed with <code>leat quarantine replay</code>.</p>
      </header>
      ${this.error ? problem(this.error) : !this.found ? loading("quarantine") : this.list()}`;
  }

  list() {
    const at = Object.fromEntries(this.found.columns.map((c, i) => [c.name.toLowerCase(), i]));
    if (!this.found.rows.length) return empty("Nothing is in quarantine.");
    return html`<p class="quiet">${count(this.found.rows.length)}${this.found.complete ? "" : "+"} ${this.found.rows.length === 1 ? "row" : "rows, the newest first"}</p>
      <ul class="kept">
        ${this.found.rows.map(
          (row) => html`<li class="panel">
            <p><strong>${row[at.source]}</strong> ${row[at.field] ? html`<span class="tag bad">${row[at.field]}</span>` : ""}
              <span class="quiet">${cell(row[at.time], "TIMESTAMP")}, id <code>${row[at.id]}</code></span></p>
            <p>${row[at.reason]}</p>
            <pre tabindex="0">${row[at.raw]}</pre>
          </li>`,
        )}
      </ul>`;
  }
}

customElements.define("leat-quarantine", Quarantine);
