// Puts what was chosen on this device (place, way, value of time) into forms and links of the page.
import { keep, settings } from "./device";
import { all, find } from "./elements";

const FIELDS = ["near", "mode", "value_of_time"] as const;

export function fillChosen(): void {
  const chosen = settings();
  for (const form of all<HTMLFormElement>("form[data-chosen]")) {
    for (const name of FIELDS) if (chosen[name]) fill(form, name, chosen[name]);
    form.addEventListener("submit", () => remember(form));
  }
  if (chosen.near) all<HTMLAnchorElement>("a[data-needs-place]").forEach((link) => addPlace(link));
}

/** Only where the address of the page does not say it already. */
function fill(form: HTMLFormElement, name: string, value: string): void {
  if (new URLSearchParams(location.search).has(name)) return;
  const choice = find<HTMLInputElement>(`input[type=radio][name=${name}][value="${CSS.escape(value)}"]`, form);
  if (choice) choice.checked = true;
  const field = find<HTMLInputElement>(`input[name=${name}]:not([type=radio])`, form);
  if (field && !field.value) field.value = value;
}

/** The first place that is asked for is taken as one's own; later ones only in the settings. */
function remember(form: HTMLFormElement): void {
  const near = String(new FormData(form).get("near") ?? "").trim();
  const chosen = settings();
  if (near && !chosen.near && !/^\d/.test(near)) keep("settings", { ...chosen, near });
}

function addPlace(link: HTMLAnchorElement): void {
  const chosen = settings();
  const url = new URL(link.href);
  for (const name of FIELDS) {
    if (chosen[name] && !url.searchParams.has(name)) url.searchParams.set(name, chosen[name]);
  }
  link.href = url.href;
}
