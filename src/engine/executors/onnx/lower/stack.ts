import { sizeOf } from "../../../graph/types.js";
import type { Lowering } from "../values.js";

/** Which place of a source image stands at each place of the result, row by row; −1 for a zero. */
export interface Places {
  /** Names the table: equal names have equal tables. */
  readonly name: string;
  readonly table: Int32Array;
}

/**
 * An image's vectors of channels, gathered: for each sample, one vector for each entry of the table. What a convolution
 * sees, laid side by side, is such a table; so are its parts.
 *
 * @returns [B, entries, C] by name; read as a matrix in any way that keeps the order
 */
export function stack(l: Lowering, index: number, { name, table }: Places): string {
  const { writer, values } = l;
  const [batch = 1, height = 1, width = 1, channels = 1] = l.shape(index);
  const inBlocks = l.layout(index) === "blocked";
  const width16 = inBlocks ? (values.block ?? 1) : channels;
  const blocks = channels / width16;
  const places = height * width;
  const chunks = writer.reshape(l.input(index, inBlocks ? "blocked" : "last"), [
    batch,
    blocks * places,
    width16,
  ]);
  const entries = new Int32Array(table.length * blocks);
  for (let i = 0; i < table.length; i++) {
    const place = table[i] ?? -1;
    for (let block = 0; block < blocks; block++)
      entries[i * blocks + block] = place < 0 ? blocks * places : block * places + place;
  }
  // One chunk of zeros behind each sample's own.
  const source = table.includes(-1)
    ? writer.node("Pad", [chunks, writer.wholes([0, 0, 0, 0, 1, 0])])
    : chunks;
  const known = `${name} of ${places} in ${blocks}`;
  return writer.node("Gather", [source, writer.constant("int32", [entries.length], entries, known)], {
    axis: 1,
  });
}

/** A window that slides over an image along one axis. */
export interface Sliding {
  readonly extent: number;
  readonly places: number;
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: number;
}

/** Where a tap of a window lies in the image; −1 in the margin. */
function seen({ stride, dilation, padding, extent }: Sliding, place: number, tap: number): number {
  const at = place * stride + tap * dilation - padding;
  return at < 0 || at >= extent ? -1 : at;
}

/** The place whose tap lies at a point of the image; −1 where there is none. */
function seeing({ stride, dilation, padding, places }: Sliding, at: number, tap: number): number {
  const offset = at + padding - tap * dilation;
  const place = offset / stride;
  return offset < 0 || !Number.isInteger(place) || place >= places ? -1 : place;
}

const text = (...axes: readonly Sliding[]) => axes.map((axis) => Object.values(axis).join("/")).join(" ");

/** For each place of a window, the image under each of its taps: places x taps. */
export function windows(rows: Sliding, columns: Sliding): Places {
  const table = new Int32Array(rows.places * columns.places * rows.taps * columns.taps);
  let entry = 0;
  for (let row = 0; row < rows.places; row++)
    for (let column = 0; column < columns.places; column++)
      for (let i = 0; i < rows.taps; i++)
        for (let j = 0; j < columns.taps; j++) {
          const [y, x] = [seen(rows, row, i), seen(columns, column, j)];
          table[entry++] = y < 0 || x < 0 ? -1 : y * columns.extent + x;
        }
  return { name: `windows ${text(rows, columns)}`, table };
}

/** For each row of the image and each column of places, the image under each tap of the columns. */
export function windowsAlong(rows: Sliding, columns: Sliding): Places {
  const table = new Int32Array(rows.extent * columns.places * columns.taps);
  let entry = 0;
  for (let y = 0; y < rows.extent; y++)
    for (let column = 0; column < columns.places; column++)
      for (let j = 0; j < columns.taps; j++) {
        const x = seen(columns, column, j);
        table[entry++] = x < 0 ? -1 : y * columns.extent + x;
      }
  return { name: `along ${text(rows, columns)}`, table };
}

/** For each row of the image and each column of places, the place whose window has the row under each tap of the rows. */
export function placesAcross(rows: Sliding, columns: Sliding): Places {
  const table = new Int32Array(rows.extent * columns.places * rows.taps);
  let entry = 0;
  for (let y = 0; y < rows.extent; y++)
    for (let column = 0; column < columns.places; column++)
      for (let i = 0; i < rows.taps; i++) {
        const row = seeing(rows, y, i);
        table[entry++] = row < 0 ? -1 : row * columns.places + column;
      }
  return { name: `across ${text(rows, columns)}`, table };
}

/**
 * For each point of the image, the pairs of place and tap that see it, as indices place · taps + tap; filled up with the
 * first tap of a place behind the last, which is for zeros, so that all points have as many.
 */
export function sightings(rows: Sliding, columns: Sliding): Places & { readonly most: number } {
  const taps = rows.taps * columns.taps;
  const behind = rows.places * columns.places * taps;
  const points: number[][] = [];
  for (let y = 0; y < rows.extent; y++)
    for (let x = 0; x < columns.extent; x++) {
      const found: number[] = [];
      for (let i = 0; i < rows.taps; i++)
        for (let j = 0; j < columns.taps; j++) {
          const [row, column] = [seeing(rows, y, i), seeing(columns, x, j)];
          if (row >= 0 && column >= 0)
            found.push((row * columns.places + column) * taps + i * columns.taps + j);
        }
      points.push(found);
    }
  const most = Math.max(1, ...points.map((found) => found.length));
  const table = Int32Array.from(
    points.flatMap((found) => [...found, ...new Array<number>(most - found.length).fill(behind)]),
  );
  return { name: `sightings ${text(rows, columns)}`, table, most };
}

/** Numbers that a table gathers from images of so many channels, for a batch. */
export function gathered({ table }: Places, batch: number, channels: number): number {
  return sizeOf([table.length, batch, channels]);
}
