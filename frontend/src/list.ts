// "내 목록": a shopping list that lives on this device only and works without a network.
import { type Line, readLines, shown, step } from "./amounts";
import { keep, kept, root, settings, shortDay, won } from "./device";
import { decoration, find, make, tell, unseen } from "./elements";
import { type Known, type Prices, type Range, type Vocabulary, prices, vocabulary } from "./goods";
import { drawTrip } from "./trip";

interface Wanted {
  id: number;
  name: string;
  amount: number;
  unit: string;
  dish: boolean;
  done: boolean;
}

const MOST_LINES = 60;
const LONGEST_NAME = 40;
const SERVINGS = 4;

let wanted: Wanted[] = [];
let words: Vocabulary = { goods: [], usual: [], dishes: [] };
let ranges: Prices | undefined;
let place: HTMLElement;

export function open(): void {
  place = find<HTMLElement>("#my-list")!;
  wanted = kept<Wanted[]>("list", []);
  const known = vocabulary();
  words = known.now;
  void known.fresh.then((fresh) => {
    if (fresh) words = fresh;
    draw();
  });
  loadRanges();
  quickAdd();
  window.addEventListener("storage", (event) => {
    if (event.key !== "altteul.list") return;
    wanted = kept<Wanted[]>("list", []);
    draw();
  });
  drawTrip(find<HTMLElement>("#my-trip")!);
  draw();
  place.hidden = false;
}

function loadRanges(): void {
  const { near } = settings();
  if (!near) return;
  const known = prices(near);
  ranges = known.now;
  void known.fresh.then((fresh) => {
    if (fresh) ranges = fresh;
    draw();
  });
}

function quickAdd(): void {
  const form = find<HTMLFormElement>("#quick-add")!;
  const field = find<HTMLInputElement>("#quick-word")!;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    readLines(field.value).forEach(add);
    field.value = "";
    field.focus();
  });
}

function add(line: Line): void {
  const name = line.name.slice(0, LONGEST_NAME);
  if (!name) return;
  if (wanted.length >= MOST_LINES) return tell(`목록에는 ${MOST_LINES}가지까지 적을 수 있어요.`);
  const dish = words.dishes.includes(name);
  const usual = usualOf(name);
  const amount = Math.min(line.amount ?? (dish ? SERVINGS : usual.amount), 9999);
  const unit = dish ? "인분" : line.unit || (line.amount === undefined ? usual.unit : usual.unit || "개");
  const same = wanted.find((one) => one.name === name && one.unit === unit && !one.done);
  if (same) same.amount += amount;
  else wanted.push({ id: Date.now() + Math.random(), name, amount, unit, dish, done: false });
  save(`${name} ${shown(same?.amount ?? amount)}${unit}, 목록에 있어요.`);
}

function usualOf(name: string): { amount: number; unit: string } {
  return words.goods.find((one) => one.name === name) ?? { amount: 1, unit: "개" };
}

function save(said = ""): void {
  if (!keep("list", wanted)) tell("이 브라우저가 목록을 적어 두지 못하게 해요. 창을 닫으면 사라져요.");
  draw();
  const status = find("#list-said");
  if (status) status.textContent = said;
}

function draw(): void {
  const focused = document.activeElement?.id;
  const open_ones = wanted.filter((one) => !one.done);
  const done = wanted.filter((one) => one.done);
  find("#list-goods")!.replaceChildren(...[...open_ones, ...done].map(row));
  find<HTMLElement>("#list-empty")!.hidden = wanted.length > 0;
  find<HTMLElement>("#list-acts")!.hidden = wanted.length === 0;
  find("#list-count")!.textContent = wanted.length ? `${done.length}/${wanted.length} 담았어요` : "";
  drawUsual();
  drawSuggestions();
  drawAsking(open_ones);
  drawRangesNote();
  if (focused) document.getElementById(focused)?.focus();
}

function row(one: Wanted): HTMLElement {
  const known = words.goods.find((good) => good.name === one.name);
  const range = ranges?.prices.find((price) => price.item === one.name);
  const label = `${one.name} ${shown(one.amount)}${one.unit}`;
  const check = make("input", { type: "checkbox", id: `done-${one.id}`, onchange: () => {
    one.done = !one.done;
    save(one.done ? `${one.name} 담았어요.` : `${one.name} 다시 사야 해요.`);
  } });
  check.checked = one.done;
  return make(
    "li",
    { class: one.done ? "want done" : "want" },
    make("label", { class: "tick" }, check, tile(known, one.dish), make("span", { class: "what" }, make("strong", {}, one.name), hint(one, range))),
    make("div", { class: "amount", role: "group", "aria-label": `${one.name} 얼마나` }, change(one, -1), make("output", {}, `${shown(one.amount)}${one.unit}`), change(one, 1)),
    make("button", { type: "button", class: "button quiet drop", id: `drop-${one.id}`, onclick: () => drop(one) }, decoration("✕"), unseen(`${label} 지우기`)),
  );
}

function tile(known: Known | undefined, dish: boolean): HTMLElement {
  const box = make("span", { class: "tile", "aria-hidden": "true" });
  if (known?.drawing) box.append(make("img", { src: known.drawing, alt: "", width: "34", height: "34" }));
  else box.append(dish ? "🍲" : (known?.emoji ?? "🧺"));
  return box;
}

function hint(one: Wanted, range: Range | undefined): HTMLElement | false {
  if (one.dish) return make("span", { class: "why" }, "음식: 재료는 물어볼 때 풀어요");
  if (!range) return false;
  const span = range.low === range.high ? won(range.low) : `${range.low.toLocaleString("ko-KR")}~${won(range.high)}`;
  const marks = (range.estimated ? " (추정)" : "") + (ranges?.simulated ? " · 연습용(가상)" : "");
  return make("span", { class: "why" }, `가까이 ${range.per}에 ${span} · ${shortDay(range.newest)} 조사${marks}`);
}

function change(one: Wanted, sign: 1 | -1): HTMLElement {
  const by = step(one.unit, one.amount);
  const word = sign > 0 ? "더" : "덜";
  return make("button", { type: "button", class: "button round", id: `${word}-${one.id}`, onclick: () => {
    const next = Math.round((one.amount + sign * step(one.unit, one.amount)) * 100) / 100;
    if (next <= 0) return drop(one);
    one.amount = Math.min(next, 9999);
    save(`${one.name} ${shown(one.amount)}${one.unit}`);
  } }, decoration(sign > 0 ? "＋" : "−"), unseen(`${one.name} ${shown(by)}${one.unit} ${word}`));
}

function drop(one: Wanted): void {
  const before = wanted;
  wanted = wanted.filter((other) => other.id !== one.id);
  save();
  tell(`${one.name}, 지웠어요.`, { word: "되돌리기", act: () => {
    wanted = before;
    save(`${one.name}, 다시 넣었어요.`);
  } });
}

function drawUsual(): void {
  const missing = words.usual.filter((name) => !wanted.some((one) => one.name === name));
  find("#list-usual")!.replaceChildren(
    ...missing.slice(0, 12).map((name) => {
      const known = words.goods.find((one) => one.name === name);
      const picture = known?.drawing ? make("img", { src: known.drawing, alt: "", width: "22", height: "22" }) : decoration(known?.emoji ?? "🧺");
      const button = make("button", { type: "button", class: "chip", id: `usual-${name}`, onclick: () => add({ name, amount: undefined, unit: "" }) }, picture, name, unseen(" 더하기"));
      return make("li", {}, button);
    }),
  );
}

function drawSuggestions(): void {
  const names = [...words.dishes, ...words.goods.map((one) => one.name)];
  find("#quick-words")!.replaceChildren(...names.map((value) => make("option", { value })));
}

/** The list as the server reads it: one thing a line. */
function text(open_ones: Wanted[]): string {
  return open_ones.map((one) => `${one.name} ${shown(one.amount)}${one.unit}`).join("\n");
}

function drawAsking(open_ones: Wanted[]): void {
  const link = find<HTMLAnchorElement>("#list-ask")!;
  const { near, mode, value_of_time } = settings();
  const query = new URLSearchParams({ need: text(open_ones) });
  for (const [name, value] of Object.entries({ near, mode, value_of_time })) if (value) query.set(name, value);
  link.href = `${root()}${near ? "plan" : ""}?${query}`;
  link.hidden = open_ones.length === 0;
  find<HTMLButtonElement>("#list-clear")!.onclick = () => {
    const before = wanted;
    wanted = wanted.some((one) => one.done) ? wanted.filter((one) => !one.done) : [];
    save();
    tell("지웠어요.", { word: "되돌리기", act: () => {
      wanted = before;
      save();
    } });
  };
  find("#list-clear")!.textContent = wanted.some((one) => one.done) ? "담은 것 지우기" : "모두 지우기";
}

function drawRangesNote(): void {
  const note = find<HTMLElement>("#list-prices")!;
  note.hidden = !ranges && !!settings().near;
  note.textContent = ranges
    ? `값은 ${ranges.place} 가까이의 것이고, 받아 둔 값이라 가게에서는 다를 수 있어요.`
    : "설정에서 동네를 정하면 목록 옆에 가까운 값이 나와요.";
}
