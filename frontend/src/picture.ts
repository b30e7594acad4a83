// The answer as a picture to send: a receipt in the page's own colours.

const WIDTH = 1080;
const EDGE = 84;
const PAPER = "#f7f3e8";
const CARD = "#fffdf7";
const INK = "#1d261e";
const SOFT = "#555f53";
const LEAF = "#256238";
const FAMILY = '"Apple SD Gothic Neo", "Noto Sans KR", "Malgun Gothic", NanumGothic, sans-serif';

interface Line {
  text: string;
  size: number;
  weight: number;
  colour: string;
  before: number;
}

/** The first line is the headline, lines with a leading number are stops, the rest plain. */
export async function draw(text: string): Promise<File | undefined> {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  if (!pen) return undefined;
  const lines = text.split("\n").filter(Boolean).map(styled).flatMap((line) => wrapped(pen, line));
  const height = lines.reduce((sum, line) => sum + line.before + line.size * 1.45, 0) + 330;
  canvas.width = WIDTH;
  canvas.height = Math.ceil(height);
  paper(pen, canvas.height);
  let y = 210;
  for (const line of lines) {
    y += line.before + line.size * 1.45;
    set(pen, line);
    pen.fillText(line.text, EDGE, y);
  }
  return new Promise((done) =>
    canvas.toBlob((blob) => done(blob ? new File([blob], "알뜰.png", { type: "image/png" }) : undefined), "image/png"),
  );
}

function styled(text: string, index: number): Line {
  if (index === 0) return { text, size: 58, weight: 800, colour: INK, before: 0 };
  if (/^\d+\. /.test(text)) return { text, size: 44, weight: 800, colour: LEAF, before: 34 };
  if (text.startsWith("모두") || text.startsWith("물건값")) return { text, size: 48, weight: 800, colour: INK, before: 30 };
  if (text.startsWith("※")) return { text, size: 30, weight: 400, colour: SOFT, before: 16 };
  return { text, size: 38, weight: 400, colour: INK, before: 8 };
}

function set(pen: CanvasRenderingContext2D, line: Line): void {
  pen.font = `${line.weight} ${line.size}px ${FAMILY}`;
  pen.fillStyle = line.colour;
}

function wrapped(pen: CanvasRenderingContext2D, line: Line): Line[] {
  set(pen, line);
  const rows: string[] = [];
  let row = "";
  for (const word of line.text.split(" ")) {
    const longer = row ? `${row} ${word}` : word;
    if (row && pen.measureText(longer).width > WIDTH - 2 * EDGE) {
      rows.push(row);
      row = word;
    } else row = longer;
  }
  rows.push(row);
  return rows.map((text, index) => ({ ...line, text, before: index ? 0 : line.before }));
}

function paper(pen: CanvasRenderingContext2D, height: number): void {
  pen.fillStyle = PAPER;
  pen.fillRect(0, 0, WIDTH, height);
  pen.fillStyle = CARD;
  pen.fillRect(36, 60, WIDTH - 72, height - 110);
  pen.fillStyle = LEAF;
  for (let x = 0; x < WIDTH; x += 108) {
    pen.fillRect(x, 0, 54, 44);
    pen.beginPath();
    pen.arc(x + 27, 44, 27, 0, Math.PI);
    pen.fill();
  }
  pen.font = `800 46px ${FAMILY}`;
  pen.fillText("알뜰", EDGE, 168);
}
