// The plan that was taken along: stop by stop, ticked off in the shop, without a network.
import { keep, kept, moment, shortDay, won } from "./device";
import { decoration, make, tell, unseen } from "./elements";

export interface Bought {
  need: string;
  pack: string;
  won: number;
  day: string;
  basis: string;
  done: boolean;
}
export interface Trip {
  headline: string;
  taken: number;
  address: string;
  simulated: boolean;
  stops: { seller: string; goods: Bought[] }[];
}

const NAME = "trip";

export function takeAlong(trip: Trip): boolean {
  return keep(NAME, trip);
}

export function drawTrip(place: HTMLElement): void {
  const trip = kept<Trip | null>(NAME, null);
  place.hidden = !trip;
  if (!trip) return;
  const focused = document.activeElement?.id;
  const every = trip.stops.flatMap((stop) => stop.goods);
  const left = every.filter((one) => !one.done);
  const sum = left.reduce((total, one) => total + one.won, 0);
  const said = left.length ? `${every.length - left.length}/${every.length} 담았어요 · 남은 것 ${won(sum)}쯤` : "다 담았어요. 수고하셨어요!";
  place.replaceChildren(
    make("h2", {}, "장보는 중"),
    make("p", { class: "lead" }, trip.headline),
    make("p", { class: "why" }, `${moment(trip.taken)}에 담아 둔 값이에요.${trip.simulated ? " 연습용(가상) 값이에요." : ""}`),
    make("p", { class: "trip-left", role: "status" }, said),
    ...trip.stops.map((stop, index) => stopOf(trip, stop, index, place)),
    make("p", { class: "chips" }, make("a", { class: "button quiet", href: trip.address }, "답 다시 보기"), finish(trip, place)),
  );
  if (focused) document.getElementById(focused)?.focus();
}

function stopOf(trip: Trip, stop: Trip["stops"][number], index: number, place: HTMLElement): HTMLElement {
  const rows = stop.goods.map((one, at) => {
    const check = make("input", { type: "checkbox", id: `bought-${index}-${at}`, onchange: () => {
      one.done = !one.done;
      keep(NAME, trip);
      drawTrip(place);
    } });
    check.checked = one.done;
    const what = make("span", { class: "what" }, make("strong", {}, one.need), make("span", { class: "why" }, `${one.pack} · ${one.basis} ${shortDay(one.day)}`));
    return make("li", { class: one.done ? "want done" : "want" }, make("label", { class: "tick" }, check, what, make("strong", { class: "won" }, won(one.won))));
  });
  const heading = make("h3", {}, make("span", { class: "number" }, String(index + 1), unseen("번째")), ` ${stop.seller}`);
  return make("section", { class: "trip-stop" }, heading, make("ul", {}, ...rows));
}

function finish(trip: Trip, place: HTMLElement): HTMLElement {
  const act = (): void => {
    keep(NAME, null);
    drawTrip(place);
    tell("장보기를 마쳤어요.", { word: "되돌리기", act: () => {
      keep(NAME, trip);
      drawTrip(place);
    } });
  };
  return make("button", { type: "button", class: "button quiet", onclick: act }, decoration("🧺"), "장보기 끝내기");
}
