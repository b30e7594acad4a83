// Says that an answer is being worked out, from the tap until the next page is there.
import { all, find, make } from "./elements";

const SLOW_MS = 350;

export function showProgress(): void {
  for (const form of all<HTMLFormElement>("form[action]")) {
    form.addEventListener("submit", (event) => working(form, event));
  }
  // A page that comes back from the browser's memory must not still say that it is busy.
  window.addEventListener("pageshow", () => {
    find("#working")?.remove();
    all("[aria-busy]").forEach((element) => element.removeAttribute("aria-busy"));
  });
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest?.("a[href]");
    const plain = event instanceof MouseEvent && !event.ctrlKey && !event.metaKey && event.button === 0;
    if (link instanceof HTMLAnchorElement && plain && link.origin === location.origin) {
      if (link.pathname !== location.pathname || link.search !== location.search) working(link, event);
    }
  });
}

/** Shown after a moment only, and not where the page itself took care of the tap. */
function working(from: Element, event: Event): void {
  window.setTimeout(() => {
    if (event.defaultPrevented || find("#working")) return;
    from.setAttribute("aria-busy", "true");
    const note = make("div", { id: "working", role: "status" });
    note.append(make("span", { class: "basket", "aria-hidden": "true" }, "🧺"), "값을 견주어 보고 있어요…");
    document.body.append(note);
  }, SLOW_MS);
}
