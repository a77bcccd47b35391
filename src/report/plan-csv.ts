import type { PlanDocument } from "./plan-document.js";

/**
 * The rates by time as CSV (RFC 4180, but lines end in a line feed): a row a tick, a column a level. Numbers are
 * written so that they read back exactly.
 */
export function planCsv({ rates, levels }: PlanDocument & { rates: object }): string {
  const head = [rates.unit, ...levels.map((level) => level.address)];
  const rows = rates.t.map((t, i) => [`${t}`, ...(rates.rates[i] ?? []).map((rate) => `${rate}`)]);
  return [head, ...rows].map((row) => `${row.map(csvCell).join(",")}\n`).join("");
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
