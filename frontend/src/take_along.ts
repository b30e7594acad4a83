// "장보러 갈 때 가져가기": copies the plan on the page to the list of this device.
import { root } from "./device";
import { all, find, make, tell } from "./elements";
import { type Bought, type Trip, takeAlong } from "./trip";

export function open(): void {
  const place = find<HTMLElement>("[data-take-along]")!;
  const button = make("button", { type: "button", class: "button" });
  button.append(make("span", { "aria-hidden": "true" }, "🧺"), "장 볼 때 가져가기");
  button.addEventListener("click", () => {
    if (takeAlong(trip())) location.assign(`${root()}list`);
    else tell("이 브라우저가 적어 두지 못하게 해요. 주소를 보내거나 종이에 찍어 가세요.");
  });
  place.append(button);
  place.hidden = false;
}

function trip(): Trip {
  return {
    headline: find("#answer")?.textContent?.trim() ?? "",
    taken: Date.now(),
    address: location.href,
    simulated: !!find(".practice"),
    stops: all<HTMLElement>("[data-stop]").map((stop) => ({
      seller: stop.dataset["stop"] ?? "",
      goods: all<HTMLElement>("[data-need]", stop).map(bought),
    })),
  };
}

function bought(row: HTMLElement): Bought {
  const { need = "", pack = "", won = "0", day = "", basis = "" } = row.dataset;
  return { need, pack, won: Number(won), day, basis, done: false };
}
