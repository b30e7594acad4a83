// 쉬운 말: words of the trade are put in everyday words where somebody chose that.
import { settings } from "./device";
import { all } from "./elements";

export function sayEasily(): void {
  if (!settings().easy) return;
  for (const word of all<HTMLElement>("[data-easy]")) {
    word.textContent = word.dataset["easy"] ?? word.textContent;
  }
}
