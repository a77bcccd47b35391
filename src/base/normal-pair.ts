/** 1, ½, ¼, … 2⁻³². */
const halves = Float64Array.from({ length: 33 }, (_, power) => 2 ** -power);

/** Radians of one part of a turn, of 2³². */
const part = (2 * Math.PI) / 2 ** 32;

/**
 * Two standard normal numbers times a scale, from two words of 32 random bits (Box and Muller 1958: "A note on the
 * generation of random normal deviates"): radius sqrt(−2 ln u), u = (first + 1) / 2³², at the angle second / 2³² of a turn.
 *
 * Logarithm, sine and cosine are series of additions, multiplications and one division here, so the numbers are the same
 * wherever JavaScript runs, to the last bit, which `Math.log` and `Math.sin` do not promise; and they take half the time. They
 * are off by less than 1e-11 of the radius.
 */
export function normalPair(
  first: number,
  second: number,
  scale: number,
  out: Float32Array | Float64Array,
  at: number,
): void {
  const count = (first >>> 0) + 1;
  // u · 2³² = fraction · 2ᵖᵒʷᵉʳ, the fraction from sqrt ½ to sqrt 2.
  const power = 32 - Math.clz32(count * Math.SQRT1_2);
  const fraction = count * (halves[power] as number);
  // ln fraction = 2 artanh((fraction − 1) / (fraction + 1)), of at most 0.172.
  const t = (fraction - 1) / (fraction + 1);
  const tt = t * t;
  const artanh =
    t * (1 + tt * (1 / 3 + tt * (1 / 5 + tt * (1 / 7 + tt * (1 / 9 + tt * (1 / 11 + tt * (1 / 13)))))));
  const radius = Math.sqrt(-2 * ((power - 32) * Math.LN2 + 2 * artanh));

  // The nearest quarter of a turn, and the rest, of at most an eighth.
  const turned = second | 0;
  const quarter = (turned + 0x20000000) >>> 30;
  const x = ((turned - (quarter << 30)) | 0) * part;
  const xx = x * x;
  const sine =
    x * (1 + xx * (-1 / 6 + xx * (1 / 120 + xx * (-1 / 5040 + xx * (1 / 362880 + xx * (-1 / 39916800))))));
  const cosine =
    1 +
    xx *
      (-1 / 2 +
        xx * (1 / 24 + xx * (-1 / 720 + xx * (1 / 40320 + xx * (-1 / 3628800 + xx * (1 / 479001600))))));
  // A quarter of a turn makes a sine of a cosine. Chosen by products, as no processor foretells which of four it is.
  const odd = quarter & 1;
  const even = 1 - odd;
  out[at] = (1 - ((quarter + 1) & 2)) * (even * cosine + odd * sine) * radius * scale;
  out[at + 1] = (1 - (quarter & 2)) * (even * sine + odd * cosine) * radius * scale;
}
