// Off-line use: the service worker, and the line that says that (and since when) a page is an old one.
import { moment, root } from "./device";
import { find, make } from "./elements";

export function watchNetwork(): void {
  if ("serviceWorker" in navigator && window.isSecureContext) {
    window.addEventListener("load", () => {
      navigator.serviceWorker.register(`${root()}sw.js`, { scope: root() }).catch(() => undefined);
    });
  }
  show();
  window.addEventListener("online", show);
  window.addEventListener("offline", show);
  listKeptPages();
}

function show(): void {
  const line = find<HTMLElement>("#off-line");
  if (!line) return;
  const keptAt = Number(document.documentElement.dataset["kept"] ?? "-1");
  if (keptAt < 0 && navigator.onLine) {
    line.hidden = true;
    return;
  }
  const text =
    keptAt > 0
      ? `인터넷이 닿지 않아 ${moment(keptAt)}에 받아 둔 화면을 보여 드려요. 값이 그 뒤에 바뀌었을 수 있어요.`
      : "인터넷이 닿지 않아요. 내 목록과 전에 본 답은 그대로 볼 수 있어요.";
  line.replaceChildren(make("p", { class: "wide" }, text));
  line.hidden = false;
}

/** On the off-line page: links to the answers that are kept, the newest first. */
function listKeptPages(): void {
  const place = find<HTMLElement>("#kept-pages");
  if (!place || !("caches" in window)) return;
  void (async () => {
    const cache = await caches.open("altteul-pages");
    const links: HTMLElement[] = [];
    for (const request of [...(await cache.keys())].reverse()) {
      const response = await cache.match(request);
      if (!response?.headers.get("content-type")?.startsWith("text/html")) continue;
      const title = /<title>([^<]*)<\/title>/.exec(await response.text())?.[1] ?? "";
      const name = new DOMParser().parseFromString(title, "text/html").body.textContent ?? "";
      const at = moment(Number(response.headers.get("x-altteul-kept")));
      const link = make("a", { class: "chip", href: request.url }, name.replace(" · 알뜰", ""));
      links.push(make("li", {}, link, make("span", { class: "why" }, `${at}에 받음`)));
    }
    place.replaceChildren(...links);
    place.parentElement!.hidden = links.length === 0;
  })();
}
