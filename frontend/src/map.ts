// The map on tiles, only where whoever runs the server named a tile server. It takes the place of the
// plain drawing, whose stops it reads.
import L from "leaflet";
import "leaflet/dist/leaflet.css";
import { all, find, make } from "./elements";

interface Point {
  name: string;
  sign: string;
  at: [number, number];
}

export function draw(): void {
  const place = find<HTMLElement>("[data-tiles]")!;
  const points = all<HTMLElement>("[data-lat]", place).map(point);
  if (!points.length) return;
  const box = make("div", { class: "tiles-map" });
  place.append(box);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(box, { scrollWheelZoom: false, zoomAnimation: !still, fadeAnimation: !still });
  const { tiles = "", credit = "" } = place.dataset;
  const layer = L.tileLayer(tiles, { attribution: make("span", {}, credit).innerHTML, maxZoom: 19 });
  layer.once("load", () => place.classList.add("with-tiles"));
  layer.addTo(map);
  const [home] = points;
  const line = home ? [...points.map((one) => one.at), home.at] : [];
  L.polyline(line, { className: "route-line", dashArray: "2 9", weight: 5 }).addTo(map);
  for (const one of points) marker(one).addTo(map);
  map.fitBounds(L.latLngBounds(points.map((one) => one.at)).pad(0.25), { maxZoom: 16 });
}

function point(element: HTMLElement): Point {
  const { lat = "0", lng = "0", name = "", sign = "" } = element.dataset;
  return { name, sign, at: [Number(lat), Number(lng)] };
}

function marker(one: Point): L.Marker {
  const icon = L.divIcon({ className: "map-sign", html: make("b", {}, one.sign), iconSize: [36, 36] });
  return L.marker(one.at, { icon, title: one.name, alt: one.name }).bindTooltip(make("span", {}, one.name));
}
