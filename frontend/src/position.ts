// Where one is, made coarse on the device before anything is sent: the middle of a field of about
// 500 m. 0.005 degrees of latitude are 555 m, 0.006 of longitude about 530 m in Korea.
import { all, find, make, tell } from "./elements";

const LATITUDE_STEP = 0.005;
const LONGITUDE_STEP = 0.006;

/** The nearest point of the coarse grid, as the place field takes it. */
export function coarse(latitude: number, longitude: number): string {
  const lat = Math.round(latitude / LATITUDE_STEP) * LATITUDE_STEP;
  const lng = Math.round(longitude / LONGITUDE_STEP) * LONGITUDE_STEP;
  return `${lat.toFixed(3)},${lng.toFixed(3)}`;
}

export function findMe(): void {
  if (!("geolocation" in navigator) || !window.isSecureContext) return;
  for (const place of all<HTMLElement>("[data-find-me]")) {
    const field = find<HTMLInputElement>(`#${place.dataset["findMe"]}`);
    if (!field) continue;
    const button = make("button", { type: "button", class: "button quiet" });
    button.append(make("span", { "aria-hidden": "true" }, "📍"), "지금 있는 곳으로");
    button.addEventListener("click", () => ask(field, button));
    place.append(button);
    place.hidden = false;
  }
}

function ask(field: HTMLInputElement, button: HTMLButtonElement): void {
  button.setAttribute("aria-busy", "true");
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      field.value = coarse(coords.latitude, coords.longitude);
      button.removeAttribute("aria-busy");
      tell("지금 계신 곳을 500m쯤으로 어림해 적었어요. 정확한 자리는 보내지 않아요.");
      field.focus();
    },
    () => {
      button.removeAttribute("aria-busy");
      tell("계신 곳을 알아내지 못했어요. 동네 이름을 적어 주세요.");
      field.focus();
    },
    { enableHighAccuracy: false, timeout: 10_000, maximumAge: 600_000 },
  );
}
