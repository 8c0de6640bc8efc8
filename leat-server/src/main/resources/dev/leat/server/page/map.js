// The map of the architecture: sources → layers → dashboards.
import { html, svg } from "lit";
import { Element, empty } from "./element.js";
import { Follow } from "./live.js";
import { ago, short } from "./format.js";

class ArchitectureMap extends Element {
  static properties = { project: { attribute: false }, status: { state: true }, lit: { state: true }, edges: { state: true } };

  constructor() {
    super();
    this.edges = [];
    this.lit = null;
    new Follow(this);
  }

  connectedCallback() {
    super.connectedCallback();
    this.observer = new ResizeObserver(() => this.route());
    this.observer.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.observer.disconnect();
  }

  updated(changed) {
    if (changed.has("project")) requestAnimationFrame(() => this.route());
  }

  /** The columns of the map: [{title, groups: [{title, nodes}]}]. */
  columns() {
    const columns = new Map();
    const put = (column, group, node) => {
      if (!columns.has(column)) columns.set(column, new Map());
      const groups = columns.get(column);
      if (!groups.has(group)) groups.set(group, []);
      groups.get(group).push(node);
    };
    for (const r of this.project.relations) {
      const node = { id: `t:${r.name}`, name: r.name, href: `/tables/${encodeURIComponent(r.name)}`, reads: r.reads, kind: r.kind };
      if (r.origin === "source") put("sources", `${r.source} · ${r.kind}`, node);
      else put(r.layer || "tables", r.mart ?? "", node);
    }
    for (const d of this.project.dashboards) {
      put("dashboards", "", { id: `d:${d.name}`, name: d.title, href: `/d/${encodeURIComponent(d.name)}`, reads: d.reads, dashboard: true });
    }
    return [...columns].map(([title, groups]) => ({ title, groups: [...groups].map(([t, nodes]) => ({ title: t, nodes })) }));
  }

  links() {
    const tables = this.project.relations.flatMap((r) => r.reads.map((from) => [`t:${from}`, `t:${r.name}`]));
    const dashboards = this.project.dashboards.flatMap((d) => d.reads.map((from) => [`t:${from}`, `d:${d.name}`]));
    return [...tables, ...dashboards];
  }

  /** Everything up and down stream of a node. */
  stream(id) {
    const found = new Set([id]);
    const walk = (from, to) => {
      const queue = [id];
      while (queue.length) {
        const here = queue.pop();
        for (const link of this.links()) {
          if (link[from] === here && !found.has(link[to])) {
            found.add(link[to]);
            queue.push(link[to]);
          }
        }
      }
    };
    walk(1, 0);
    const above = [...found];
    walk(0, 1);
    return new Set([...above, ...found]);
  }

  /** Works out where the lines go, from where the cards are. */
  route() {
    const area = this.querySelector(".map");
    if (!area || !this.project) return;
    const origin = area.getBoundingClientRect();
    const place = (id) => {
      const card = this.querySelector(`[data-id="${CSS.escape(id)}"]`);
      if (!card) return null;
      const r = card.getBoundingClientRect();
      return { left: r.left - origin.left, right: r.right - origin.left, y: r.top - origin.top + r.height / 2 };
    };
    const edges = [];
    for (const [from, to] of this.links()) {
      const a = place(from);
      const b = place(to);
      if (a && b) edges.push({ from, to, path: curve(a, b) });
    }
    this.size = { width: origin.width, height: origin.height };
    this.edges = edges;
  }

  facts(node) {
    if (node.dashboard) return { text: "dashboard", rate: 0 };
    const source = this.status?.sources.find((s) => s.table === node.name);
    const table = this.status?.tables.find((t) => t.table === node.name);
    if (source) {
      return {
        text: `${short(source.rows)} rows` + (source.rejected ? ` · ${short(source.rejected)} rejected` : "") + this.age(source.newest),
        rate: source.rowsPerSecond,
        trouble: source.trouble,
      };
    }
    const changed = table && this.status.epochs.find((e) => e.number === table.changed)?.time;
    if (table) return { text: `${short(table.rows)} rows` + this.age(changed), rate: table.changesPerSecond, mode: table.mode, why: table.why };
    return { text: "…", rate: 0 };
  }

  /** How old the newest rows are, where it is known. */
  age(time) {
    return time ? ` · ${ago(time, this.status.time)}` : "";
  }

  card(node, stream) {
    const facts = this.facts(node);
    const state = stream ? (stream.has(node.id) ? "lit" : "dim") : "";
    return html`<a
      class="card ${state} ${facts.trouble ? "bad" : ""} ${node.dashboard ? "board" : ""}"
      href=${node.href}
      data-id=${node.id}
      title=${facts.trouble ?? facts.why ?? ""}
      @mouseenter=${() => (this.lit = node.id)}
      @mouseleave=${() => (this.lit = null)}
      @focus=${() => (this.lit = node.id)}
      @blur=${() => (this.lit = null)}
    >
      <span class="name">${node.name}</span>
      <span class="facts">
        <span>${facts.text}</span>
        ${facts.mode === "recomputed" ? html`<span class="tag">recomputed</span>` : ""}
        ${facts.trouble ? html`<span class="tag bad">trouble</span>` : ""}
        ${facts.rate >= 0.05 ? html`<span class="rate"><i class="dot"></i>${short(facts.rate)}/s</span>` : ""}
      </span>
    </a>`;
  }

  render() {
    if (!this.project) return "";
    if (!this.project.relations.length) return empty("This project has no sources and tables yet.");
    const stream = this.lit && this.stream(this.lit);
    return html`<h1 class="hidden">Map</h1>
      <div class="map">
        <svg class="edges" aria-hidden="true" width=${this.size?.width ?? 0} height=${this.size?.height ?? 0}>
          ${this.edges.map(
            (e) => svg`<path d=${e.path} class=${stream ? (stream.has(e.from) && stream.has(e.to) ? "lit" : "dim") : ""}></path>`,
          )}
        </svg>
        ${this.columns().map(
          (column) => html`<section class="layer" aria-label=${column.title}>
            <h2>${column.title}</h2>
            ${column.groups.map(
              (group) => html`<div class="group">
                ${group.title ? html`<h3>${group.title}</h3>` : ""} ${group.nodes.map((n) => this.card(n, stream))}
              </div>`,
            )}
          </section>`,
        )}
      </div>`;
  }
}

function curve(a, b) {
  if (b.left > a.right) {
    const bend = Math.max(24, (b.left - a.right) / 2);
    return `M${a.right} ${a.y} C${a.right + bend} ${a.y} ${b.left - bend} ${b.y} ${b.left} ${b.y}`;
  }
  const out = Math.max(a.right, b.right) + 22;
  return `M${a.right} ${a.y} C${out} ${a.y} ${out} ${b.y} ${b.right} ${b.y}`;
}

customElements.define("leat-map", ArchitectureMap);
