// What all our elements share: they render into the page itself, so that one style sheet serves all.
import { LitElement, html } from "lit";

export class Element extends LitElement {
  createRenderRoot() {
    return this;
  }
}

export const loading = (what) => html`<p class="state" role="status">Loading ${what} …</p>`;

export const empty = (text) => html`<p class="state">${text}</p>`;

export function problem(told) {
  const at = told.line ? ` (line ${told.line}${told.column ? `, column ${told.column}` : ""})` : "";
  return html`<div class="problem" role="alert">
    <strong>${told.message}${at}</strong>
    ${told.fix ? html`<p>${told.fix}</p>` : ""}
    <code>${told.code}</code>
  </div>`;
}
