/** How numbers are written for people, everywhere: `docs` call this the house typography. */

/** A rate in scientific form with `digits` significant digits: 3.16e-4, 1.00e-1. Zero is "frozen". */
export function formatRate(rate: number, digits: number): string {
  return rate === 0 ? "frozen" : scientific(rate, digits);
}

/** Mantissa, `e`, exponent without zeros or plus: 3.162e-4. */
export function scientific(value: number, digits: number): string {
  return value.toExponential(digits - 1).replace("e+", "e");
}

/** A whole number with a comma between groups of three: 25,320. */
export function formatCount(n: number): string {
  return Math.round(n)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** A number with so many significant digits, without exponent where that stays readable: 0.448, 17.2, 1,101. */
export function formatSignificant(value: number, digits: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "Inf" : "-Inf";
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e7)) return scientific(value, digits);
  const rounded = Number(value.toPrecision(digits));
  const decimals =
    magnitude === 0 ? digits - 1 : Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(rounded))));
  const text = rounded.toFixed(decimals);
  return Math.abs(rounded) >= 1000 ? formatCount(rounded) : text;
}

/** A share of one as a percentage with one decimal: 87.4 %. */
export function formatPercent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** Seconds as 0:48, 23:04, 3:04 h, 2 d 04 h. */
export function formatDuration(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (n: number) => n.toString().padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)}:${two(whole % 60)}`;
  const hours = Math.floor(whole / 3600);
  if (hours < 24) return `${hours}:${two(Math.floor((whole % 3600) / 60))} h`;
  return `${Math.floor(hours / 24)} d ${two(hours % 24)} h`;
}

/** Time left, in whole minutes: "under 1 min", "23 min", "about 3:04 h" stays the caller's wording. */
export function formatLeft(seconds: number): string {
  if (seconds < 60) return "under 1 min";
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  return formatDuration(seconds);
}

/** Bytes in decimal units: 512 B, 13 kB, 5 MB, 1.2 GB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${Math.round(bytes / 1e3)} kB`;
  if (bytes < 1e9) return `${Math.round(bytes / 1e6)} MB`;
  return `${(bytes / 1e9).toFixed(2)} GB`;
}

/** "1 error", "2 errors". */
export function plural(n: number, noun: string, nouns = `${noun}s`): string {
  return `${formatCount(n)} ${n === 1 ? noun : nouns}`;
}

/**
 * Makes text from strangers safe for a terminal: control, bidirectional, zero-width and other characters that are not
 * seen (Unicode classes Cc, Cf, Zl, Zp; surrogates without their other half; Hangul fillers) become escapes.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u3164\uffa0]/gu, (c) => {
    const code = c.codePointAt(0) ?? 0;
    if (code < 256) return `\\x${code.toString(16).padStart(2, "0")}`;
    return code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\u{${code.toString(16)}}`;
  });
}
