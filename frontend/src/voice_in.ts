// Writes what is said into the one box, where the browser can recognise speech. The words stay in the
// box to be looked at; nothing is asked by itself.
import { all, find, make, tell } from "./elements";

interface Alternative {
  transcript: string;
}
interface Heard extends Event {
  results: ArrayLike<ArrayLike<Alternative>>;
}
interface Recogniser extends EventTarget {
  lang: string;
  interimResults: boolean;
  continuous: boolean;
  start(): void;
  stop(): void;
}

const TROUBLES: Record<string, string> = {
  "not-allowed": "마이크를 쓰지 못하게 되어 있어요. 글로 적어 주세요.",
  "no-speech": "말소리가 들리지 않았어요. 다시 누르고 말씀해 주세요.",
  network: "인터넷이 닿지 않아 말을 알아듣지 못했어요. 글로 적어 주세요.",
};

function recogniser(): (new () => Recogniser) | undefined {
  const known = window as unknown as Record<string, (new () => Recogniser) | undefined>;
  return known["SpeechRecognition"] ?? known["webkitSpeechRecognition"];
}

export function listen(): void {
  const make_one = recogniser();
  if (!make_one) return;
  for (const place of all<HTMLElement>("[data-listen]")) {
    const field = find<HTMLTextAreaElement | HTMLInputElement>(`#${place.dataset["listen"]}`);
    if (field) place.prepend(button(field, new make_one()));
    place.hidden = !field;
  }
}

function button(field: HTMLTextAreaElement | HTMLInputElement, ears: Recogniser): HTMLElement {
  const pressed = make("button", { type: "button", class: "button speak", "aria-pressed": "false" });
  let before = "";
  let listening = false;
  const show = (): void => {
    pressed.setAttribute("aria-pressed", String(listening));
    pressed.replaceChildren(
      make("span", { "aria-hidden": "true" }, listening ? "👂" : "🎤"),
      listening ? "듣고 있어요. 다 하셨으면 누르세요" : "말로 하기",
    );
  };
  const stopped = (): void => {
    listening = false;
    show();
  };
  ears.lang = "ko-KR";
  ears.interimResults = true;
  ears.continuous = false;
  ears.addEventListener("result", (event) => {
    const said = [...Array.from((event as Heard).results)].map((one) => one[0]?.transcript ?? "").join(" ");
    field.value = [before, said.trim()].filter(Boolean).join("\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  ears.addEventListener("end", () => {
    if (listening && field.value !== before) field.focus();
    stopped();
  });
  ears.addEventListener("error", (event) => {
    const kind = (event as Event & { error?: string }).error ?? "";
    if (kind !== "aborted") tell(TROUBLES[kind] ?? "말을 알아듣지 못했어요. 글로 적어 주세요.");
    stopped();
  });
  pressed.addEventListener("click", () => {
    if (listening) return ears.stop();
    before = field.value.trim();
    try {
      ears.start();
      listening = true;
    } catch {
      tell("말로 하기를 시작하지 못했어요. 글로 적어 주세요.");
    }
    show();
  });
  show();
  return pressed;
}
