// What may be put on a list, and what it costs near here: asked of the server, kept with its day.
import { keep, kept, root } from "./device";

export interface Known {
  name: string;
  amount: number;
  unit: string;
  emoji: string;
  drawing: string;
}
export interface Vocabulary {
  goods: Known[];
  usual: string[];
  dishes: string[];
}
export interface Range {
  item: string;
  per: string;
  low: number;
  high: number;
  sellers: number;
  cheapest: string;
  newest: string;
  estimated: boolean;
}
export interface Prices {
  place: string;
  on: string;
  simulated: boolean;
  prices: Range[];
}

const NOTHING: Vocabulary = { goods: [], usual: [], dishes: [] };

async function ask<T>(path: string): Promise<T | undefined> {
  try {
    const response = await fetch(root() + path, { headers: { accept: "application/json" } });
    return response.ok ? ((await response.json()) as T) : undefined;
  } catch {
    return undefined;
  }
}

/** The words known now, at once; the server's newer ones later, where it answers. */
export function vocabulary(): { now: Vocabulary; fresh: Promise<Vocabulary | undefined> } {
  const fresh = ask<Vocabulary>("api/goods").then((found) => {
    if (found) keep("goods", found);
    return found;
  });
  return { now: kept("goods", NOTHING), fresh };
}

export function prices(near: string): { now: Prices | undefined; fresh: Promise<Prices | undefined> } {
  const fresh = ask<Prices>(`api/prices?near=${encodeURIComponent(near)}`).then((found) => {
    if (found) keep("prices", { near, found });
    return found;
  });
  const before = kept<{ near: string; found: Prices } | undefined>("prices", undefined);
  return { now: before?.near === near ? before.found : undefined, fresh };
}
