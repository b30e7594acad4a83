// Draws the prices of an item with a cursor in the place of the server's still picture. The numbers
// stand in the page; the table below stays for everybody who reads it.
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { all, make } from "./elements";

type Column = (number | null)[];
interface Numbers {
  days: string[];
  price: Column;
  low: Column;
  mid: Column;
  high: Column;
  normal: Column;
  unit: string;
}

export function draw(): void {
  for (const place of all<HTMLElement>("[data-chart]")) {
    drawOne(place, JSON.parse(place.dataset["chart"] ?? "null") as Numbers);
  }
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function drawOne(place: HTMLElement, numbers: Numbers): void {
  const box = make("div", { "aria-hidden": "true" });
  place.append(box);
  place.classList.add("drawn");
  const size = (): { width: number; height: number } => ({
    width: Math.max(240, place.clientWidth),
    height: Math.min(320, Math.max(220, place.clientWidth * 0.5)),
  });
  const days = numbers.days.map((day) => Date.parse(`${day}T00:00:00Z`) / 1000);
  const { price, low, mid, high, normal } = numbers;
  const data: uPlot.AlignedData = [days, price, normal, low, mid, high];
  // Lines without any number would only fill the legend.
  const known = mid.some((won) => won !== null) ? 6 : 3;
  const chart = new uPlot(options(size(), numbers.unit, known), data.slice(0, known) as uPlot.AlignedData, box);
  new ResizeObserver(() => chart.setSize(size())).observe(place);
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", () => chart.redraw(false, true));
}

function options(size: { width: number; height: number }, unit: string, known: number): uPlot.Options {
  const axis = { stroke: () => colour("--soft"), grid: { stroke: () => colour("--line"), width: 1 }, ticks: { show: false }, font: "14px sans-serif" };
  const thousands = (value: number | null): string => (value === null ? "–" : `${Math.round(value).toLocaleString("ko-KR")}원`);
  const series = (label: string, stroke: string, more: Partial<uPlot.Series> = {}): uPlot.Series => ({
    label, stroke: () => colour(stroke), width: 2.5, spanGaps: true, points: { show: false }, value: (_, value) => thousands(value), ...more,
  });
  const lines: uPlot.Series[] = [
    { label: "날", value: (_, second) => (second ? dayOf(second) : "–") },
    series(`값 (${unit})`, "--leaf"),
    series("평년", "--chili", { dash: [2, 5] }),
    series("낮으면(추정)", "--leaf", { width: 0 }),
    series("앞날(추정)", "--leaf", { dash: [7, 5] }),
    series("높으면(추정)", "--leaf", { width: 0 }),
  ];
  return {
    ...size,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    legend: { live: true },
    cursor: { drag: { x: false, y: false } },
    axes: [
      { ...axis, values: (_, splits) => splits.map((second) => dayOf(second)), space: 76 },
      { ...axis, size: 74, values: (_, splits) => splits.map((value) => value.toLocaleString("ko-KR")) },
    ],
    bands: known > 3 ? [{ series: [5, 3], fill: () => colour("--leaf-wash") }] : [],
    series: lines.slice(0, known),
  };
}

function dayOf(second: number): string {
  const day = new Date(second * 1000);
  return `${day.getUTCMonth() + 1}/${day.getUTCDate()}`;
}

