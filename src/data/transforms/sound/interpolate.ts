/** Zero crossings of the kernel on each side. */
const crossings = 16;
/** Entries of the kernel's table from one zero crossing to the next; between them it is a straight line. */
const entries = 512;
/** Of the lower of both Nyquist frequencies: up to here sound passes, so that the filter's slope ends at it. */
const passed = 0.95;

/**
 * The band-limited interpolation of a signal at the places 0, step, 2 · step, … (Smith and Gossett 1984, A flexible
 * sampling-rate conversion method): a sum of samples under a sinc of a Hann window. Above a step of 1 the
 * kernel is as much wider, which takes away what would be aliased. Beyond its ends the signal is silent.
 *
 * @param count how many places
 */
export function interpolate(samples: Float32Array, step: number, count: number): Float32Array {
  const cutoff = passed * Math.min(1, 1 / step);
  const reach = crossings / cutoff;
  const result = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const place = i * step;
    const last = Math.min(samples.length - 1, Math.floor(place + reach));
    let sum = 0;
    for (let k = Math.max(0, Math.ceil(place - reach)); k <= last; k++)
      sum += (samples[k] as number) * kernelAt(cutoff * Math.abs(place - k));
    result[i] = cutoff * sum;
  }
  return result;
}

const kernel = Float64Array.from({ length: crossings * entries + 2 }, (_, i) => {
  const u = i / entries;
  if (u >= crossings) return 0;
  const sinc = u === 0 ? 1 : Math.sin(Math.PI * u) / (Math.PI * u);
  return sinc * Math.cos((Math.PI * u) / (2 * crossings)) ** 2;
});

/** @param u distance in zero crossings */
function kernelAt(u: number): number {
  const place = u * entries;
  const entry = Math.floor(place);
  const here = kernel[entry] as number;
  return here + (place - entry) * ((kernel[entry + 1] as number) - here);
}
