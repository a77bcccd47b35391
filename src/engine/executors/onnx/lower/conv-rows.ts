import type { Lowering } from "../values.js";
import type { ConvShape } from "./conv-shape.js";
import { type Sliding, sightings, stack, windows } from "./stack.js";

/** How the window moves along rows and along columns. */
export function slidingOf({
  x,
  kernel,
  y,
  stride,
  padding,
  dilation,
}: ConvShape): readonly [Sliding, Sliding] {
  const along = (axis: 0 | 1): Sliding => ({
    extent: x[axis + 1] ?? 1,
    places: y[axis + 1] ?? 1,
    taps: kernel[axis] ?? 1,
    stride: stride[axis],
    dilation: dilation[axis],
    padding: padding[axis],
  });
  return [along(0), along(1)];
}

/**
 * What each place of a window sees, a row a place: [B · H' · W', kh · kw · C].
 * @param index which operand the image is
 */
export function seenByPlaces(l: Lowering, index: number, shape: ConvShape): string {
  const [batch = 1, , , channels = 1] = shape.x;
  const [rows, columns] = slidingOf(shape);
  const [places, taps] = [rows.places * columns.places, rows.taps * columns.taps];
  const width = taps * channels;
  const whole = taps === 1 && places === rows.extent * columns.extent && rows.padding + columns.padding === 0;
  const seen = whole ? l.input(index) : stack(l, index, windows(rows, columns));
  return l.writer.reshape(seen, [batch * places, width]);
}

/** A convolution as one product of matrices: what each place sees times the kernel. */
export function rowsConv(l: Lowering, shape: ConvShape, relu: boolean): void {
  const { writer } = l;
  const [height = 1, width = 1, channels = 1, filters = 1] = shape.kernel;
  const kernel = writer.reshape(l.input(1), [height * width * channels, filters]);
  const seen = seenByPlaces(l, 0, shape);
  const product = writer.node("MatMul", [seen, kernel]);
  const sum = l.count > 2 ? writer.add(product, l.input(2)) : product;
  l.output(0, writer.reshape(relu ? writer.node("Relu", [sum]) : sum, shape.y));
}

/** dy times the kernel, which is what every place sends to every tap; each point of the image sums what reaches it. */
export function rowsInputGrad(l: Lowering, shape: ConvShape): void {
  const { writer } = l;
  const [height = 1, width = 1, channels = 1, filters = 1] = shape.kernel;
  const [batch = 1] = shape.x;
  const [rows, columns] = slidingOf(shape);
  const [places, taps] = [rows.places * columns.places, height * width];
  const { name, table, most } = sightings(rows, columns);
  const dy = writer.reshape(l.input(0), [batch, places, filters]);
  // A place of zeros behind each sample's own serves the points that fewer taps see.
  const padded = writer.node("Pad", [dy, writer.wholes([0, 0, 0, 0, 1, 0])]);
  const kernel = writer.reshape(l.input(1), [taps * channels, filters]);
  const flat = writer.reshape(padded, [batch * (places + 1), filters]);
  const sent = writer.node("FusedMatMul", [flat, kernel], { transB: 1 });
  const indices = writer.constant("int32", [table.length], table, name);
  const received = writer.node(
    "Gather",
    [writer.reshape(sent, [batch, (places + 1) * taps, channels]), indices],
    { axis: 1 },
  );
  const points = table.length / most;
  const sums = writer.reduce("ReduceSum", writer.reshape(received, [batch * points, most, channels]), [1]);
  l.output(0, writer.reshape(sums, shape.x));
}
