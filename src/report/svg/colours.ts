/**
 * Eleven steps of cividis (Nuñez, Anderton and Renslow 2018): even in lightness, the same to readers with and without
 * colour blindness. Low values dark.
 */
const cividis: readonly (readonly [number, number, number])[] = [
  [0, 34, 78],
  [14, 51, 107],
  [53, 69, 108],
  [79, 87, 108],
  [102, 105, 112],
  [125, 124, 120],
  [148, 142, 119],
  [174, 163, 113],
  [200, 184, 102],
  [225, 205, 85],
  [254, 232, 56],
];

/** The heat of a share from 0 to 1, with the text colour that is readable on it. */
export function heat(share: number): { readonly fill: string; readonly ink: string } {
  const position = Math.min(1, Math.max(0, share)) * (cividis.length - 1);
  const low = Math.floor(position);
  const [from, to] = [cividis[low] ?? [0, 0, 0], cividis[Math.min(low + 1, cividis.length - 1)] ?? [0, 0, 0]];
  const [r, g, b] = mix(from, to, position - low);
  return { fill: hex(r, g, b), ink: share > 0.46 ? "#000000" : "#ffffff" };
}

/** First and last level's line, on a light and on a dark ground; those between are mixed. */
const ramp = {
  light: [
    [0, 90, 170],
    [190, 70, 0],
  ],
  dark: [
    [90, 180, 235],
    [245, 165, 30],
  ],
} as const;

/** The line of level j of n on either ground. */
export function levelColour(j: number, n: number, ground: keyof typeof ramp): string {
  const [first, last] = ramp[ground];
  return hex(...mix(first, last, n < 2 ? 0 : j / (n - 1)));
}

function mix(a: readonly number[], b: readonly number[], share: number): [number, number, number] {
  const part = (i: number) => Math.round((a[i] ?? 0) + ((b[i] ?? 0) - (a[i] ?? 0)) * share);
  return [part(0), part(1), part(2)];
}

function hex(...parts: readonly number[]): string {
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
