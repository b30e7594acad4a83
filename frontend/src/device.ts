// What is kept on this device and nowhere else: settings, the list, ranges of prices with their day.

export interface Settings {
  near: string;
  mode: string;
  value_of_time: string;
  large: boolean;
  contrast: boolean;
  easy: boolean;
  sound: boolean;
  colours: "" | "light" | "dark";
}

export const USUAL: Settings = {
  near: "",
  mode: "",
  value_of_time: "",
  large: false,
  contrast: false,
  easy: false,
  sound: false,
  colours: "",
};

const PREFIX = "altteul.";

/** A kept value, or the given one where nothing (or nothing readable) is kept. */
export function kept<T>(name: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

/** Keep a value; false where the browser does not allow it (private window, full). */
export function keep(name: string, value: unknown): boolean {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function settings(): Settings {
  return { ...USUAL, ...kept<Partial<Settings>>("settings", {}) };
}

/** Everything of ours on this device: storage and pages kept for off-line use. */
export async function forgetEverything(): Promise<void> {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(PREFIX)) localStorage.removeItem(name);
  }
  if ("caches" in window) {
    for (const name of await caches.keys()) {
      if (name.startsWith("altteul-pages")) await caches.delete(name);
    }
  }
}

/** The path under which the page is served ("/" or "/altteul/"), as the server wrote it. */
export function root(): string {
  return document.documentElement.dataset["root"] ?? "/";
}

/** "11월 24일 오전 8:05" of a moment in milliseconds. */
export function moment(milliseconds: number): string {
  return new Intl.DateTimeFormat("ko-KR", {
    month: "long",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
  }).format(new Date(milliseconds));
}

/** "11월 24일" of a date "2026-11-24", without going through a time zone. */
export function shortDay(day: string): string {
  const [, month, date] = day.split("-");
  return `${Number(month)}월 ${Number(date)}일`;
}

export function won(amount: number): string {
  return `${amount.toLocaleString("ko-KR")}원`;
}
