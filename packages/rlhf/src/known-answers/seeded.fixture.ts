/** `count` numbers of 32 bits that follow from the name: FNV-1a of it, then a mixer of each index. The same as in make.py. */
function hashed(name: string, count: number): Uint32Array {
  let seed = 2_166_136_261;
  for (const byte of new TextEncoder().encode(name)) seed = Math.imul(seed ^ byte, 16_777_619) >>> 0;
  return Uint32Array.from({ length: count }, (_, index) => {
    let h = (Math.imul(index, 2_654_435_761) + seed) >>> 0;
    h = Math.imul(h ^ (h >>> 15), 2_246_822_519) >>> 0;
    h = Math.imul(h ^ (h >>> 13), 3_266_489_917) >>> 0;
    return (h ^ (h >>> 16)) >>> 0;
  });
}

/** Weights between −.4 and .4 that follow from a tensor's name; gains of norms around 1. */
export function seeded(name: string, shape: readonly number[]): Float32Array {
  const size = shape.reduce((product, extent) => product * extent, 1);
  const isGain = /norm|\.ln_/.test(name) && name.endsWith("weight");
  return Float32Array.from(hashed(name, size), (h) => (h / 2 ** 32 - 0.5) * 0.8 + (isGain ? 1 : 0));
}
