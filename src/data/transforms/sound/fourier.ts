import FFT from "fft.js";

/** Of so many real numbers: |X_k|², k from 0 to half as many. The array that it gives is used again by the next call. */
export type PowerSpectrum = (signal: Float64Array) => Float64Array;

/**
 * |X_k|² of X_k = Σ x_n e^(−2πikn / points), for k from 0 to floor(points / 2).
 * @param points any number from 2 on; powers of two are fastest
 */
export function powerSpectrum(points: number): PowerSpectrum {
  return Number.isInteger(Math.log2(points)) ? ofPowerOfTwo(points) : ofAny(points);
}

function ofPowerOfTwo(points: number): PowerSpectrum {
  const fft = new FFT(points);
  const spectrum = new Float64Array(2 * points);
  const powers = new Float64Array(points / 2 + 1);
  return (signal) => {
    fft.realTransform(spectrum, signal);
    for (let k = 0; k < powers.length; k++)
      powers[k] = (spectrum[2 * k] as number) ** 2 + (spectrum[2 * k + 1] as number) ** 2;
    return powers;
  };
}

/**
 * As a convolution with a chirp, which powers of two can compute (Bluestein 1970): kn = (k² + n² − (k − n)²) / 2, so
 * |X_k| = |Σ (x_n c_n) c̄_(k−n)| with c_n = e^(−πin² / points).
 */
function ofAny(points: number): PowerSpectrum {
  const size = 2 ** Math.ceil(Math.log2(2 * points - 1));
  const fft = new FFT(size);
  // n² modulo 2 · points: of large angles sine and cosine lose digits.
  const angles = Float64Array.from(
    { length: points },
    (_, n) => (Math.PI * ((n * n) % (2 * points))) / points,
  );
  const chirp = new Float64Array(2 * size);
  for (let n = 0; n < points; n++) {
    for (const place of n === 0 ? [0] : [n, size - n]) {
      chirp[2 * place] = Math.cos(angles[n] as number);
      chirp[2 * place + 1] = Math.sin(angles[n] as number);
    }
  }
  const chirpSpectrum = new Float64Array(2 * size);
  fft.transform(chirpSpectrum, chirp);
  const turned = new Float64Array(2 * size);
  const spectrum = new Float64Array(2 * size);
  const result = new Float64Array(2 * size);
  const powers = new Float64Array(Math.floor(points / 2) + 1);
  return (signal) => {
    for (let n = 0; n < points; n++) {
      turned[2 * n] = (signal[n] as number) * Math.cos(angles[n] as number);
      turned[2 * n + 1] = -(signal[n] as number) * Math.sin(angles[n] as number);
    }
    fft.transform(spectrum, turned);
    for (let i = 0; i < 2 * size; i += 2) {
      const [a, b] = [spectrum[i] as number, spectrum[i + 1] as number];
      const [c, d] = [chirpSpectrum[i] as number, chirpSpectrum[i + 1] as number];
      spectrum[i] = a * c - b * d;
      spectrum[i + 1] = a * d + b * c;
    }
    fft.inverseTransform(result, spectrum);
    for (let k = 0; k < powers.length; k++)
      powers[k] = (result[2 * k] as number) ** 2 + (result[2 * k + 1] as number) ** 2;
    return powers;
  };
}
