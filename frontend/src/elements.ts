// Building pieces of a page out of text: never from HTML, so no name can become markup.

type Child = Node | string | null | undefined | false;

/** An element with attributes and children; `on…` functions become listeners. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | boolean | ((event: Event) => void)> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child): child is Node | string => !!child));
  return element;
}

/** Text that only screen readers read. */
export function unseen(text: string): HTMLElement {
  return make("span", { class: "unseen" }, text);
}

/** A picture that only decorates. */
export function decoration(text: string): HTMLElement {
  return make("span", { "aria-hidden": "true" }, text);
}

export function find<T extends Element>(selector: string, within: ParentNode = document): T | null {
  return within.querySelector<T>(selector);
}

export function all<T extends Element>(selector: string, within: ParentNode = document): T[] {
  return [...within.querySelectorAll<T>(selector)];
}

/** Say something to a screen reader and show it for a while at the foot of the page. */
export function tell(text: string, action?: { word: string; act: () => void }): void {
  let place = find<HTMLElement>("#told-now");
  if (!place) {
    place = make("div", { id: "told-now", role: "status" });
    document.body.append(place);
  }
  const note = make("p", {}, text);
  if (action) {
    const act = (): void => {
      action.act();
      note.remove();
    };
    note.append(make("button", { type: "button", class: "button quiet", onclick: act }, action.word));
  }
  place.replaceChildren(note);
  window.setTimeout(() => note.remove(), action ? 12_000 : 5_000);
}
