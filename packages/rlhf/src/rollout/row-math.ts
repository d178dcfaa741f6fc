/** RMSNorm of each row of `gain.length` values; a new array. */
export function normaliseRows(x: Float32Array, gain: Float32Array, epsilon: number): Float32Array {
  const width = gain.length;
  const out = new Float32Array(x.length);
  for (let start = 0; start < x.length; start += width) {
    let squares = 0;
    for (let c = 0; c < width; c++) squares += (x[start + c] ?? 0) ** 2;
    const scale = 1 / Math.sqrt(squares / width + epsilon);
    for (let c = 0; c < width; c++) out[start + c] = (x[start + c] ?? 0) * scale * (gain[c] ?? 0);
  }
  return out;
}

/** LayerNorm of each row of `gain.length` values; a new array. Without a bias nothing is added. */
export function layerNormRows(
  x: Float32Array,
  gain: Float32Array,
  bias: Float32Array | undefined,
  epsilon: number,
): Float32Array {
  const width = gain.length;
  const out = new Float32Array(x.length);
  for (let start = 0; start < x.length; start += width) {
    let mean = 0;
    for (let c = 0; c < width; c++) mean += (x[start + c] ?? 0) / width;
    let squares = 0;
    for (let c = 0; c < width; c++) squares += ((x[start + c] ?? 0) - mean) ** 2;
    const scale = 1 / Math.sqrt(squares / width + epsilon);
    for (let c = 0; c < width; c++) {
      out[start + c] = ((x[start + c] ?? 0) - mean) * scale * (gain[c] ?? 0) + (bias?.[c] ?? 0);
    }
  }
  return out;
}

/** Turns the pairs (c, c + size/2) of `heads` heads from `start` on by the angles of `position`, in place. */
export function rotateRow(
  x: Float32Array,
  start: number,
  heads: number,
  size: number,
  cosine: Float32Array,
  sine: Float32Array,
  position: number,
): void {
  const half = size / 2;
  const angle = position * half;
  for (let head = 0; head < heads; head++) {
    const at = start + head * size;
    for (let c = 0; c < half; c++) {
      const left = x[at + c] ?? 0;
      const right = x[at + half + c] ?? 0;
      const cos = cosine[angle + c] ?? 0;
      const sin = sine[angle + c] ?? 0;
      x[at + c] = left * cos - right * sin;
      x[at + half + c] = left * sin + right * cos;
    }
  }
}

/** gate · σ(gate) · up, for rows that hold `hidden` gates and then `hidden` ups. (rows, 2·hidden) → (rows, hidden) */
export function swigluRows(gateUp: Float32Array, hidden: number): Float32Array {
  const out = new Float32Array(gateUp.length / 2);
  for (let at = 0, from = 0; at < out.length; at += hidden, from += 2 * hidden) {
    for (let c = 0; c < hidden; c++) {
      const gate = gateUp[from + c] ?? 0;
      out[at + c] = (gate / (1 + Math.exp(-gate))) * (gateUp[from + hidden + c] ?? 0);
    }
  }
  return out;
}

/** GELU as GPT-2 approximates it, in place. */
export function geluInPlace(x: Float32Array): Float32Array {
  for (let i = 0; i < x.length; i++) {
    const value = x[i] ?? 0;
    x[i] = 0.5 * value * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (value + 0.044715 * value ** 3)));
  }
  return x;
}

/** Adds the bias to each row, in place. */
export function addToRows(x: Float32Array, bias: Float32Array): Float32Array {
  for (let start = 0; start < x.length; start += bias.length) {
    for (let c = 0; c < bias.length; c++) x[start + c] = (x[start + c] ?? 0) + (bias[c] ?? 0);
  }
  return x;
}

/** x += y, elementwise. */
export function addInto(x: Float32Array, y: Float32Array): void {
  for (let i = 0; i < x.length; i++) x[i] = (x[i] ?? 0) + (y[i] ?? 0);
}
