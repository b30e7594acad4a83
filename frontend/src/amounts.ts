// "배추 두 포기" → 배추, 2, 포기: only what a quick line needs. The server reads the list properly.

export interface Line {
  name: string;
  amount: number | undefined;
  unit: string;
}

const NUMBERS: Record<string, number> = {
  반: 0.5, 한: 1, 하나: 1, 두: 2, 둘: 2, 세: 3, 셋: 3, 네: 4, 넷: 4, 다섯: 5,
  여섯: 6, 일곱: 7, 여덟: 8, 아홉: 9, 열: 10,
};
const WORDS = Object.keys(NUMBERS).sort((a, b) => b.length - a.length).join("|");
const LINE = new RegExp(`^(.*?\\S)\\s*?(?:(\\d+(?:\\.\\d+)?)\\s*|\\s(${WORDS})\\s?)([가-힣a-zA-Z]{0,4})$`);
const LARGE_STEPS: Record<string, number> = { g: 100, mL: 100, ml: 100, 그램: 100, kg: 0.5, L: 0.5 };

export function readLine(text: string): Line {
  const found = LINE.exec(text.trim());
  if (!found?.[1]) return { name: text.trim(), amount: undefined, unit: "" };
  const amount = found[2] !== undefined ? Number(found[2]) : NUMBERS[found[3] ?? ""];
  return { name: found[1].trim(), amount, unit: found[4] ?? "" };
}

export function readLines(text: string): Line[] {
  return text.split(/[,\n·]+/).map((piece) => piece.trim()).filter(Boolean).map(readLine);
}

/** How much one tap on + or − changes: a piece, 100 g, half a kilogram; a tray of 30 eggs is ten. */
export function step(unit: string, amount: number): number {
  return LARGE_STEPS[unit] ?? (unit === "개" && amount >= 20 ? 10 : 1);
}

export function shown(amount: number): string {
  return String(Math.round(amount * 100) / 100);
}
