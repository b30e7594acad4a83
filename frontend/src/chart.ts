// Draws a table of prices by day as a chart. The table stays below it for everybody who reads it.
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { all, find } from "./elements";

type Column = (number | null)[];

export function draw(): void {
  for (const table of all<HTMLTableElement>("table[data-chart]")) {
    const place = find<HTMLElement>(`#${table.dataset["chart"]}`);
    if (place) drawOne(table, place);
  }
}

/** Rows are days; columns: price, low, high (forecast range), normal price; empty cells are gaps. */
function read(table: HTMLTableElement): { days: number[]; columns: Column[] } {
  const rows = [...(table.tBodies[0]?.rows ?? [])];
  const days = rows.map((row) => Date.parse(`${row.dataset["day"]}T00:00:00Z`) / 1000);
  const columns = ["price", "low", "mid", "high", "normal"].map((name) =>
    rows.map((row) => {
      const text = row.dataset[name];
      return text ? Number(text) : null;
    }),
  );
  return { days, columns };
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function drawOne(table: HTMLTableElement, place: HTMLElement): void {
  const { days, columns } = read(table);
  if (days.length < 2) return;
  place.hidden = false;
  const size = (): { width: number; height: number } => ({
    width: Math.max(240, place.clientWidth),
    height: Math.min(320, Math.max(220, place.clientWidth * 0.5)),
  });
  const chart = new uPlot(options(size(), table), [days, ...columns] as uPlot.AlignedData, place);
  new ResizeObserver(() => chart.setSize(size())).observe(place);
  const redraw = (): void => chart.redraw(false, true);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
}

function options(size: { width: number; height: number }, table: HTMLTableElement): uPlot.Options {
  const axis = { stroke: () => colour("--soft"), grid: { stroke: () => colour("--line"), width: 1 }, ticks: { show: false }, font: "14px sans-serif" };
  const thousands = (value: number | null): string => (value === null ? "–" : `${Math.round(value).toLocaleString("ko-KR")}원`);
  const series = (label: string, stroke: string, more: Partial<uPlot.Series> = {}): uPlot.Series => ({
    label, stroke: () => colour(stroke), width: 2.5, spanGaps: true, points: { show: false }, value: (_, value) => thousands(value), ...more,
  });
  const per = table.dataset["per"] ?? "";
  return {
    ...size,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    legend: { live: true },
    cursor: { drag: { x: false, y: false } },
    axes: [
      { ...axis, values: (_, splits) => splits.map((second) => dayOf(second)), space: 76 },
      { ...axis, size: 74, values: (_, splits) => splits.map((value) => value.toLocaleString("ko-KR")) },
    ],
    bands: [{ series: [4, 2], fill: () => colour("--leaf-wash") }],
    series: [
      { label: "날", value: (_, second) => (second ? dayOf(second) : "–") },
      series(`값 (${per})`, "--leaf"),
      series("예상 낮게는", "--leaf", { width: 0 }),
      series("예상", "--leaf", { dash: [7, 5] }),
      series("예상 높게는", "--leaf", { width: 0 }),
      series("평년", "--chili", { dash: [2, 5] }),
    ],
  };
}

function dayOf(second: number): string {
  const day = new Date(second * 1000);
  return `${day.getUTCMonth() + 1}/${day.getUTCDate()}`;
}

