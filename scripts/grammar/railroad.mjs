// grammar/diagrams.html: every rule as a railroad diagram. One file without scripts or anything from elsewhere; the
// drawings are SVG in text, so that the file diffs.
//
// A drawing has a width, and a height above and below the line that runs through it (`up`, `down`); `svg(x, y)` draws
// it with the line entering at (x, y) and leaving at (x + width, y).

const character = 8.4;
const half = 11;
const gap = 10;
const turn = 10;
const widest = 900;

/** The text of the page. */
export function railroad(productions) {
  const sections = [...productions].map(([name, body]) => {
    const drawing = drawn(body);
    const width = Math.ceil(drawing.width + 2 * gap + 8);
    const height = Math.ceil(drawing.up + drawing.down + 8);
    const y = drawing.up + 4;
    return [
      `<section id="${name}">`,
      `<h2>${name}</h2>`,
      `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeText(name)}">`,
      `<path d="M4 ${y - 6}v12M${width - 4} ${y - 6}v12M4 ${y}h${gap}M${width - 4 - gap} ${y}h${gap}"/>`,
      drawing.svg(4 + gap, y),
      "</svg>",
      "</section>",
    ].join("\n");
  });
  const index = [...productions.keys()].map((name) => `<a href="#${name}">${name}</a>`).join(" ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>The grammar of lerac, version 1</title>
<!-- Generated from grammar/parser.ts by scripts/generate-grammar.mjs. -->
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; color: #222; background: #fff; }
h2 { font-size: 1rem; margin: 1.5rem 0 0.25rem; }
nav { max-width: 60rem; }
nav a { margin-right: 0.5rem; }
svg { max-width: 100%; height: auto; }
path { fill: none; stroke: #555; stroke-width: 1.5; }
rect { fill: #eef3fb; stroke: #456; stroke-width: 1.2; }
.token rect { fill: #fdf3dc; stroke: #765; }
text { font: 14px ui-monospace, monospace; text-anchor: middle; fill: #222; }
a text { text-decoration: underline; }
@media (prefers-color-scheme: dark) {
  body { color: #ddd; background: #181818; }
  a { color: #8bf; }
  path { stroke: #999; }
  rect { fill: #223; stroke: #89b; }
  .token rect { fill: #332c1c; stroke: #ba8; }
  text { fill: #ddd; }
}
</style>
</head>
<body>
<h1>The grammar of lerac, version 1</h1>
<p>Follow a line from left to right. Square boxes are rules, round ones are what is written; capitals are explained in
<a href="lerac.ebnf">lerac.ebnf</a>.</p>
<nav>${index}</nav>
${sections.join("\n")}
</body>
</html>
`;
}

function drawn(part) {
  switch (part.kind) {
    case "rule":
      return box(part.name, false);
    case "token":
      return box(part.text, true);
    case "sequence":
      return rows(part.parts.map(drawn));
    case "choice":
      return branches(part.parts.map(drawn));
    case "optional":
      return branches([empty(), drawn(part.part)]);
    case "repeat":
      return branches([empty(), loop(drawn(part.part), empty())]);
    default: {
      const list = loop(drawn(part.part), drawn(part.separator));
      return part.atLeastOne ? list : branches([empty(), list]);
    }
  }
}

function empty() {
  return { width: 0, up: 2, down: 2, svg: () => "" };
}

function box(text, isToken) {
  const width = Math.max(2 * half, Math.round(text.length * character + 18));
  const svg = (x, y) => {
    const radius = isToken ? half : 2;
    const shape = `<rect x="${x}" y="${y - half}" width="${width}" height="${2 * half}" rx="${radius}"/>`;
    const label = `<text x="${x + width / 2}" y="${y + 5}">${escapeText(text)}</text>`;
    return isToken ? `<g class="token">${shape}${label}</g>` : `<a href="#${text}">${shape}${label}</a>`;
  };
  return { width, up: half + 2, down: half + 2, svg };
}

/** One after the other; what would be too wide goes on below. */
function rows(parts) {
  const lines = [[]];
  let width = 0;
  for (const part of parts) {
    if (width > 0 && width + part.width > widest) {
      lines.push([]);
      width = 0;
    }
    lines[lines.length - 1].push(part);
    width += part.width + gap;
  }
  const drawings = lines.map(line);
  return drawings.length === 1 ? drawings[0] : stacked(drawings);
}

function line(parts) {
  const width = parts.reduce((sum, part) => sum + part.width, 0) + gap * (parts.length - 1);
  const svg = (x, y) => {
    let at = x;
    return parts
      .map((part, i) => {
        const link = i === 0 ? "" : `<path d="M${at - gap} ${y}h${gap}"/>`;
        const drawing = link + part.svg(at, y);
        at += part.width + gap;
        return drawing;
      })
      .join("");
  };
  return { width, up: greatest(parts, "up"), down: greatest(parts, "down"), svg };
}

function stacked(lines) {
  const width = greatest(lines, "width") + 2 * turn;
  const drops = [0];
  for (let i = 1; i < lines.length; i++)
    drops.push(drops[i - 1] + lines[i - 1].down + lines[i].up + 2 * turn);
  const down = drops[lines.length - 1] + lines[lines.length - 1].down;
  const svg = (x, y) =>
    lines
      .map((one, i) => {
        const top = y + drops[i];
        const start = i === 0 ? `M${x} ${top}h${turn}` : "";
        const right = x + turn + one.width;
        const end =
          i === lines.length - 1
            ? `M${right} ${top}H${x + width}`
            : `M${right} ${top}H${x + width}V${top + one.down + turn}H${x}V${y + drops[i + 1]}h${turn}`;
        return `<path d="${start}${end}"/>${one.svg(x + turn, top)}`;
      })
      .join("");
  return { width, up: lines[0].up, down, svg };
}

/** One of several: the first on the line, the others below it. */
function branches(parts) {
  const inner = greatest(parts, "width");
  const width = inner + 4 * turn;
  const drops = [0];
  for (let i = 1; i < parts.length; i++) {
    drops.push(drops[i - 1] + Math.max(turn * 2, parts[i - 1].down + parts[i].up + 4));
  }
  const svg = (x, y) =>
    parts
      .map((part, i) => {
        const at = y + drops[i];
        const left = x + 2 * turn + (inner - part.width) / 2;
        const lead =
          i === 0
            ? `M${x} ${y}H${left}M${left + part.width} ${y}H${x + width}`
            : `M${x} ${y}q${turn} 0 ${turn} ${turn}V${at - turn}q0 ${turn} ${turn} ${turn}H${left}` +
              `M${left + part.width} ${at}H${x + width - 2 * turn}q${turn} 0 ${turn} -${turn}V${y + turn}q0 -${turn} ${turn} -${turn}`;
        return `<path d="${lead}"/>${part.svg(left, at)}`;
      })
      .join("");
  const down = drops[parts.length - 1] + parts[parts.length - 1].down;
  return { width, up: parts[0].up, down, svg };
}

/** A part that may be passed again by way of another, which runs back below it. */
function loop(part, back) {
  const inner = Math.max(part.width, back.width);
  const width = inner + 2 * turn;
  const drop = Math.max(2 * turn, part.down + back.up + 4);
  const svg = (x, y) => {
    const left = x + turn + (inner - part.width) / 2;
    const backLeft = x + turn + (inner - back.width) / 2;
    const low = y + drop;
    const forth = `M${x} ${y}H${left}M${left + part.width} ${y}H${x + width}`;
    const around =
      `M${x + width - turn} ${y}q${turn} 0 ${turn} ${turn}V${low - turn}q0 ${turn} -${turn} ${turn}H${backLeft + back.width}` +
      `M${backLeft} ${low}H${x + turn}q-${turn} 0 -${turn} -${turn}V${y + turn}q0 -${turn} ${turn} -${turn}`;
    return `<path d="${forth}${around}"/>${part.svg(left, y)}${back.svg(backLeft, low)}`;
  };
  return { width, up: part.up, down: drop + back.down, svg };
}

function greatest(parts, key) {
  return Math.max(0, ...parts.map((part) => part[key]));
}

function escapeText(text) {
  return text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
}
