// The entrance: the frame around every view, and which view an address shows.
import { html } from "lit";
import { Element, loading, problem } from "./element.js";
import { Follow, start } from "./live.js";
import { get } from "./api.js";
import { ago, bytes, count, millis, short } from "./format.js";
import "./map.js";
import "./table.js";
import "./query.js";
import "./quarantine.js";
import "./dashboard.js";

class App extends Element {
  static properties = {
    status: { state: true },
    connected: { state: true },
    refusal: { state: true },
    project: { state: true },
    error: { state: true },
    path: { state: true },
  };

  constructor() {
    super();
    this.path = location.pathname;
    new Follow(this);
    window.addEventListener("popstate", () => (this.path = location.pathname));
    document.addEventListener("click", (event) => this.follow(event));
    this.load();
    start();
  }

  async load() {
    try {
      this.project = await get("/v1/project");
      document.title = `${this.project.name} · Leat`;
    } catch (e) {
      this.error = e.told ?? { message: String(e), code: "" };
    }
  }

  /** Links to views change the view without loading the page anew. */
  follow(event) {
    const link = event.target.closest?.("a[href^='/']");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", link.getAttribute("href"));
    this.path = location.pathname;
    window.scrollTo(0, 0);
    this.updateComplete.then(() => this.querySelector("main").focus({ preventScroll: true }));
  }

  render() {
    return html`<a class="skip" href="#main">Skip to content</a>
      <header class="top">
        <a class="brand" href="/"><img src="/page/icon.svg" alt="" width="24" height="24" /> <span>${this.project?.name ?? "Leat"}</span></a>
        <nav aria-label="Views">${this.nav()}</nav>
      </header>
      ${this.strip()}
      <main id="main" tabindex="-1">${this.refusal ? problem(this.refusal) : ""} ${this.error ? problem(this.error) : !this.project ? loading("project") : this.view()}</main>`;
  }

  nav() {
    const item = (href, title, extra = "") =>
      html`<a href=${href} aria-current=${this.path === href ? "page" : "false"}>${title}${extra}</a>`;
    const kept = this.status?.quarantined;
    return html`${item("/", "Map")} ${(this.project?.dashboards ?? []).map((d) => item(`/d/${encodeURIComponent(d.name)}`, d.title))}
    ${item("/query", "Query")} ${item("/quarantine", "Quarantine", kept ? html` <span class="tag bad">${short(kept)}</span>` : "")}`;
  }

  strip() {
    const s = this.status;
    const fact = (name, value) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
    const rate = s?.sources.reduce((sum, x) => sum + x.rowsPerSecond, 0);
    return html`<dl class="strip" aria-label="Status">
      <div class="beat ${this.connected ? "" : "off"}">
        <dt>${this.connected ? html`<i class="dot"></i>epoch` : "offline"}</dt>
        <dd data-epoch>${s ? count(s.epoch) : "–"}</dd>
      </div>
      ${fact("published", s?.epochs.length ? ago(s.epochs[0].time, s.time) : "–")}
      ${fact("rows in", s ? `${short(rate)}/s` : "–")}
      ${fact("freshness p50", millis(s?.freshness.p50Millis))}
      ${fact("p99", millis(s?.freshness.p99Millis))}
      ${fact("cpu", s?.process ? `${s.process.cpu.toFixed(1)} cores` : "–")}
      ${fact("memory", s?.process ? bytes(s.process.residentBytes) : "–")}
    </dl>`;
  }

  view() {
    const [, kind, name] = this.path.split("/").map(decodeURIComponent);
    switch (kind) {
      case "":
      case "tables":
        return name ? html`<leat-table .name=${name}></leat-table>` : html`<leat-map .project=${this.project}></leat-map>`;
      case "d":
        return html`<leat-dashboard .name=${name}></leat-dashboard>`;
      case "query":
        return html`<leat-query .project=${this.project}></leat-query>`;
      case "quarantine":
        return html`<leat-quarantine></leat-quarantine>`;
      default:
        return problem({ message: `There is nothing at ${this.path}.`, code: "404", fix: "" });
    }
  }
}

customElements.define("leat-app", App);
