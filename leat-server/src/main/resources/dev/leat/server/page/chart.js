// A line or bar chart that follows the colours of the page.
import * as echarts from "echarts";
import { Element } from "./element.js";
import { cell, isNumber, measure, period, short, withGaps } from "./format.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)");

class Chart extends Element {
  static properties = {
    kind: {}, // line | bar
    columns: { attribute: false }, // the first is the axis, the others are series
    rows: { attribute: false },
    grain: {},
    label: {},
  };

  connectedCallback() {
    super.connectedCallback();
    this.recolour = () => this.requestUpdate();
    dark.addEventListener("change", this.recolour);
    this.observer = new ResizeObserver(() => this.chart?.resize());
    this.observer.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    dark.removeEventListener("change", this.recolour);
    this.observer.disconnect();
    this.chart?.dispose();
    this.chart = null;
  }

  updated() {
    if (!this.columns || !this.rows) return;
    this.chart ??= echarts.init(this, null, { renderer: "canvas" });
    this.setAttribute("role", "img");
    this.setAttribute("aria-label", this.spoken());
    const shape = `${this.kind} ${this.columns.map((c) => c.name).join()}`;
    this.chart.setOption(this.kind === "bar" && !this.grain ? this.bars() : this.lines(), shape !== this.shape);
    this.shape = shape;
  }

  spoken() {
    const last = this.rows.at(-1);
    return `${this.label ?? "Chart"}: ${this.rows.length} points` + (last ? `, last ${last[0]}: ${last[1]}` : "");
  }

  colour(name) {
    return getComputedStyle(this).getPropertyValue(name).trim();
  }

  base() {
    const text = this.colour("--muted");
    return {
      animation: !still.matches,
      animationDuration: 300,
      animationDurationUpdate: 300,
      color: ["--c1", "--c2", "--c3", "--c4", "--c5"].map((c) => this.colour(c)),
      textStyle: { fontFamily: getComputedStyle(this).fontFamily, color: text },
      tooltip: {
        renderMode: "richText",
        trigger: "axis",
        confine: true,
        backgroundColor: this.colour("--raised"),
        borderColor: this.colour("--line"),
        textStyle: { color: this.colour("--text"), fontSize: 12 },
      },
      grid: { left: 8, right: 30, top: 16, bottom: 10, containLabel: true },
    };
  }

  values() {
    return this.columns.slice(1).map((column, i) => ({ column, i: i + 1 })).filter((s) => isNumber(s.column.type));
  }

  valueAxis() {
    return {
      type: "value",
      axisLabel: { color: this.colour("--muted"), formatter: short, hideOverlap: true },
      splitLine: { lineStyle: { color: this.colour("--line") } },
      splitNumber: 4,
    };
  }

  name(value) {
    return value === null ? "(none)" : this.grain ? period(value, this.grain) : cell(value, this.columns[0].type);
  }

  /** The name of a point as short as it may be among the others, for an axis. */
  tick(value) {
    const day = (v) => String(v).slice(0, 10);
    const withDay = this.rows.some((r) => day(r[0]) !== day(value));
    return this.grain && value !== null ? period(value, this.grain, withDay) : this.name(value);
  }

  lines() {
    const rows = this.grain ? withGaps(this.rows, this.grain) : this.rows;
    const series = this.values().map(({ column, i }) => ({
      name: column.name,
      type: this.kind === "bar" ? "bar" : "line",
      barMaxWidth: 28,
      data: rows.map((r) => (r[i] === null ? null : Number(r[i]))),
      connectNulls: true,
      showSymbol: this.rows.length < 40,
      symbolSize: 5,
      lineStyle: { width: 2 },
      areaStyle: this.values().length === 1 ? { opacity: 0.1 } : undefined,
      tooltip: { valueFormatter: (v) => measure(v, column.type) },
    }));
    return {
      ...this.base(),
      legend: series.length > 1 ? { top: 0, textStyle: { color: this.colour("--muted") } } : undefined,
      xAxis: {
        type: "category",
        boundaryGap: this.kind === "bar",
        data: rows.map((r) => this.name(r[0])),
        axisLabel: {
          color: this.colour("--muted"),
          hideOverlap: true,
          formatter: (_, i) => this.tick(rows[i]?.[0] ?? null),
          alignMinLabel: this.kind === "bar" ? "center" : "left",
          alignMaxLabel: this.kind === "bar" ? "center" : "right",
        },
        axisLine: { lineStyle: { color: this.colour("--line") } },
        axisTick: { show: false },
      },
      yAxis: this.valueAxis(),
      series,
    };
  }

  bars() {
    const rows = [...this.rows].reverse();
    return {
      ...this.base(),
      xAxis: this.valueAxis(),
      yAxis: {
        type: "category",
        data: rows.map((r) => this.name(r[0])),
        axisLabel: { color: this.colour("--text"), width: 120, overflow: "truncate", interval: 0 },
        axisLine: { show: false },
        axisTick: { show: false },
      },
      series: this.values().map(({ column, i }) => ({
        name: column.name,
        type: "bar",
        barMaxWidth: 22,
        itemStyle: { borderRadius: [0, 3, 3, 0] },
        data: rows.map((r) => (r[i] === null ? null : Number(r[i]))),
        tooltip: { valueFormatter: (v) => measure(v, column.type) },
      })),
    };
  }
}

customElements.define("leat-chart", Chart);
