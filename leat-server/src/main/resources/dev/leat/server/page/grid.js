// A table of rows with the types of its columns.
import { html } from "lit";
import { Element, empty } from "./element.js";
import { cell, isNumber } from "./format.js";

class Grid extends Element {
  static properties = { columns: { attribute: false }, rows: { attribute: false }, label: {} };

  render() {
    if (!this.columns) return "";
    if (!this.rows.length) return empty("No rows.");
    const right = this.columns.map((c) => isNumber(c.type));
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${this.label ?? "Rows"}>
      <table class="grid">
        <thead>
          <tr>
            ${this.columns.map(
              (c, i) => html`<th scope="col" class=${right[i] ? "right" : ""} title=${c.type}>${c.name}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${this.rows.map(
            (row) => html`<tr>
              ${row.map(
                (v, i) =>
                  html`<td class="${right[i] ? "right" : ""} ${v === null ? "null" : ""}">${cell(v, this.columns[i].type)}</td>`,
              )}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

customElements.define("leat-grid", Grid);
