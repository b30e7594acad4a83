// Sharing an answer: as a link, as text, as a picture; and printing it. Nothing leaves the device but
// through what the person chooses.
import { find, make, tell } from "./elements";

export function share(): void {
  const place = find<HTMLElement>("[data-share]");
  if (!place) return;
  const text = place.dataset["share"] ?? "";
  const title = find("#answer")?.textContent?.trim() ?? document.title;
  place.append(
    button("💬", "글로 보내기", () => send({ title, text: `${text}\n${location.href}` }, `${text}\n${location.href}`)),
    button("🔗", "주소 보내기", () => send({ title, url: location.href }, location.href)),
    button("🖼️", "그림으로", () => picture(text)),
    button("🖨️", "종이에 찍기", () => window.print()),
  );
  place.hidden = false;
}

function button(sign: string, word: string, act: () => void): HTMLElement {
  return make("button", { type: "button", class: "button quiet", onclick: act }, make("span", { "aria-hidden": "true" }, sign), word);
}

/** Through the phone's own sheet where there is one, else into the clipboard. */
async function send(data: ShareData, plain: string): Promise<void> {
  try {
    if (navigator.share) return await navigator.share(data);
    await navigator.clipboard.writeText(plain);
    tell("복사했어요. 보내고 싶은 곳에 붙여 넣으세요.");
  } catch (error) {
    if ((error as Error).name !== "AbortError") tell("보내지 못했어요. 주소창의 주소를 복사해 주세요.");
  }
}

async function picture(text: string): Promise<void> {
  const drawing = await import("./picture");
  const file = await drawing.draw(text);
  if (!file) return tell("그림을 만들지 못했어요.");
  if (navigator.canShare?.({ files: [file] })) return send({ files: [file] }, text);
  const address = URL.createObjectURL(file);
  const link = make("a", { href: address, download: file.name });
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
  tell("그림을 내려받았어요.");
}
