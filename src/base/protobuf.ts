/**
 * Just enough of the protocol buffers wire format to write messages: fields as (number, wire type) followed by a varint,
 * four or eight bytes, or a length and so many bytes.
 */
export class Message {
  readonly #pieces: Uint8Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get pieces(): readonly Uint8Array[] {
    return this.#pieces;
  }

  /** A whole number (int32, int64, enum); below 0 as 64-bit two's complement. */
  whole(field: number, value: number): this {
    return this.#add(varint(field * 8 + varintType)).#add(varint(value));
  }

  /** Several whole numbers, packed. */
  wholes(field: number, values: readonly number[]): this {
    return this.bytes(field, Buffer.concat(values.map(varint)));
  }

  /** A number of single precision. */
  float(field: number, value: number): this {
    const bytes = Buffer.alloc(4);
    bytes.writeFloatLE(value);
    return this.#add(varint(field * 8 + fourBytesType)).#add(bytes);
  }

  /** A number of double precision. */
  double(field: number, value: number): this {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(value);
    return this.#add(varint(field * 8 + eightBytesType)).#add(bytes);
  }

  text(field: number, value: string): this {
    return this.bytes(field, Buffer.from(value));
  }

  bytes(field: number, value: Uint8Array): this {
    return this.#add(varint(field * 8 + lengthType))
      .#add(varint(value.length))
      .#add(value);
  }

  message(field: number, value: Message): this {
    this.#add(varint(field * 8 + lengthType)).#add(varint(value.length));
    for (const piece of value.pieces) this.#add(piece);
    return this;
  }

  /** What is encoded already: fields of a message that goes on here. */
  raw(piece: Uint8Array): this {
    return this.#add(piece);
  }

  #add(piece: Uint8Array): this {
    this.#pieces.push(piece);
    this.#length += piece.length;
    return this;
  }
}

const varintType = 0;
const eightBytesType = 1;
const lengthType = 2;
const fourBytesType = 5;

/** The varints of 0 to 127, which most are. */
const oneByte = Array.from({ length: 128 }, (_, value) => Uint8Array.of(value));

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function varint(value: number): Uint8Array {
  if (value >= 0 && value < oneByte.length) return oneByte[value] as Uint8Array;
  const bytes: number[] = [];
  if (value >= 0 && value < 2 ** 31) {
    let rest = value;
    for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
    bytes.push(rest);
    return Uint8Array.from(bytes);
  }
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
