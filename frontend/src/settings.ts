// The settings: kept on this device only, in force at once.
import { type Settings, USUAL, forgetEverything, keep, settings } from "./device";
import { all, find, make, tell } from "./elements";

const SWITCHES = ["large", "contrast", "easy", "sound"] as const;
const WORDS = ["near", "mode", "value_of_time", "colours"] as const;

export function open(): void {
  const form = find<HTMLFormElement>("#settings-form")!;
  show(form, settings());
  form.addEventListener("change", () => save(form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save(form);
    tell("적어 두었어요. 이 기기에만 남아요.");
  });
  const forget = find<HTMLElement>("#forget")!;
  forget.append(make("button", { type: "button", class: "button", onclick: () => void everything(form) }, "이 기기에 둔 것 모두 지우기"));
  forget.hidden = false;
}

function show(form: HTMLFormElement, chosen: Settings): void {
  for (const name of SWITCHES) {
    const box = find<HTMLInputElement>(`input[name=${name}]`, form);
    if (box) box.checked = chosen[name];
  }
  for (const name of WORDS) {
    for (const field of all<HTMLInputElement>(`input[name=${name}]`, form)) {
      if (field.type === "radio") field.checked = field.value === (chosen[name] || field.dataset["usual"]);
      else field.value = chosen[name];
    }
  }
}

function save(form: HTMLFormElement): void {
  const given = new FormData(form);
  const chosen: Settings = { ...USUAL };
  for (const name of SWITCHES) chosen[name] = given.has(name);
  chosen.near = String(given.get("near") ?? "").trim();
  chosen.mode = String(given.get("mode") ?? "");
  chosen.value_of_time = String(given.get("value_of_time") ?? "");
  chosen.colours = String(given.get("colours") ?? "") as Settings["colours"];
  if (!keep("settings", chosen)) tell("이 브라우저가 설정을 적어 두지 못하게 해요.");
  const { classList } = document.documentElement;
  for (const name of ["large", "contrast", "easy"] as const) classList.toggle(name, chosen[name]);
  for (const name of ["light", "dark"]) classList.toggle(name, chosen.colours === name);
}

async function everything(form: HTMLFormElement): Promise<void> {
  if (!window.confirm("목록, 설정, 받아 둔 답을 이 기기에서 모두 지울까요?")) return;
  await forgetEverything();
  document.documentElement.classList.remove("large", "contrast", "easy", "light", "dark");
  show(form, settings());
  tell("모두 지웠어요.");
}
