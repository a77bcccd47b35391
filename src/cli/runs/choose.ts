import { suggest } from "../../base/suggest.js";
import { lowerIsBetter } from "../../engine/metrics/index.js";
import { usage } from "../usage.js";
import { bestOf, metricOf, type RunRow } from "./row.js";

/** What `--filter FIELD=TEXT` can look at. */
const fields: Readonly<Record<string, (row: RunRow) => readonly string[]>> = {
  id: ({ run }) => [run.record.id],
  name: ({ name, run }) => [name, run.record.name],
  state: ({ state }) => [state],
  curriculum: ({ run }) => [run.record.curriculum],
  spec: ({ run }) => [run.record.spec, run.record.experiment],
  tag: ({ tags }) => tags,
};

/**
 * The rows that fit all filters: `FIELD=TEXT` looks at one field, `TEXT` at all of them; a part of it is enough, and
 * case does not matter.
 * @throws LeracError L0920 when there is no such field
 */
export function filterRows(rows: readonly RunRow[], filters: readonly string[]): RunRow[] {
  const tests = filters.map(filterTest);
  return rows.filter((row) => tests.every((test) => test(row)));
}

function filterTest(filter: string): (row: RunRow) => boolean {
  const [, field, text = filter] = /^([a-z]+)=(.*)$/s.exec(filter) ?? [];
  const looked = field === undefined ? Object.values(fields) : [fields[field]];
  const wanted = text.toLowerCase();
  if (looked[0] === undefined) {
    const [near] = suggest(field ?? "", Object.keys(fields));
    throw usage(`runs have no field \`${field}\` to filter by`, `--filter ${filter}`, [
      near === undefined ? `fields are ${Object.keys(fields).join(", ")}` : `did you mean \`${near}=\`?`,
    ]);
  }
  return (row) => looked.some((of) => of?.(row).some((value) => value.toLowerCase().includes(wanted)));
}

/** Keys of `--sort` besides metrics. */
const orders: Readonly<Record<string, (a: RunRow, b: RunRow) => number>> = {
  age: (a, b) => -compare(a.run.record.created, b.run.record.created),
  id: (a, b) => compare(a.run.record.id, b.run.record.id),
  name: (a, b) => compare(a.name, b.name),
  state: (a, b) => compare(a.state, b.state),
  epoch: (a, b) => b.known.state.epoch - a.known.state.epoch,
  spec: (a, b) => compare(a.run.record.spec, b.run.record.spec),
  curriculum: (a, b) => compare(a.run.record.curriculum, b.run.record.curriculum),
  size: (a, b) => b.bytes - a.bytes,
};

/**
 * Rows in order: by a column, or by a metric, the best first and those without it last; equal ones newest first.
 * @throws LeracError L0920 when no run knows the key
 */
export function sortRows(rows: readonly RunRow[], key: string | undefined): RunRow[] {
  const newestFirst = rows.toSorted(orders.age);
  if (key === undefined || rows.length === 0) return newestFirst;
  const order = orders[key] ?? (metricsOf(rows).has(key) ? byMetric(key) : undefined);
  if (order !== undefined) return newestFirst.toSorted(order);
  const known = [...Object.keys(orders), ...metricsOf(rows)];
  const near = suggest(key, known);
  throw usage(`no run can be sorted by \`${key}\``, `--sort ${key}`, [
    near.length > 0 ? `did you mean \`${near.join("` or `")}\`?` : `sort by ${known.join(", ")}`,
  ]);
}

function byMetric(metric: string): (a: RunRow, b: RunRow) => number {
  const sign = lowerIsBetter(metric.slice(metric.indexOf(".") + 1)) ? 1 : -1;
  const rank = (row: RunRow) => {
    const value = metricOf(row, metric);
    return value === undefined || Number.isNaN(value) ? Number.POSITIVE_INFINITY : sign * value;
  };
  return (a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b));
}

/** Everything measured in any of the runs, by `SPLIT.METRIC`. */
function metricsOf(rows: readonly RunRow[]): Set<string> {
  const names = rows.flatMap(({ known }) => [...known.measured.keys(), bestOf(known)?.metric ?? []].flat());
  return new Set(names);
}

/** The metric that a list shows: the one it is sorted by, else the one that most runs keep their checkpoint for. */
export function metricShown(rows: readonly RunRow[], sort: string | undefined): string | null {
  if (sort !== undefined && orders[sort] === undefined) return sort;
  const counts = new Map<string, number>();
  for (const { known } of rows) {
    const metric = bestOf(known)?.metric;
    if (metric !== undefined) counts.set(metric, (counts.get(metric) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
