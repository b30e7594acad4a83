// Reads the answer aloud. The server wrote the words (numbers as they are said) into data-say.
import { settings } from "./device";
import { all, find, make } from "./elements";

export function readAloud(): void {
  const answer = find<HTMLElement>("[data-say]");
  if (!answer || !("speechSynthesis" in window)) return;
  for (const place of all<HTMLElement>("[data-read-aloud]")) {
    const button = make("button", { type: "button", class: "button quiet", "aria-pressed": "false" });
    const show = (speaking: boolean): void => {
      button.setAttribute("aria-pressed", String(speaking));
      button.replaceChildren(make("span", { "aria-hidden": "true" }, speaking ? "⏹" : "🔊"), speaking ? "그만 읽기" : "소리 내어 읽기");
    };
    button.addEventListener("click", () => {
      if (speechSynthesis.speaking) {
        speechSynthesis.cancel();
        show(false);
      } else say(answer.dataset["say"] ?? "", show);
    });
    show(false);
    place.append(button);
    place.hidden = false;
    if (settings().sound) say(answer.dataset["say"] ?? "", show);
  }
  window.addEventListener("pagehide", () => speechSynthesis.cancel());
}

function say(text: string, show: (speaking: boolean) => void): void {
  const words = new SpeechSynthesisUtterance(text);
  words.lang = "ko-KR";
  words.rate = 0.92;
  const voice = speechSynthesis.getVoices().find((one) => one.lang.startsWith("ko"));
  if (voice) words.voice = voice;
  words.addEventListener("end", () => show(false));
  words.addEventListener("error", () => show(false));
  speechSynthesis.cancel();
  speechSynthesis.speak(words);
  show(true);
}
