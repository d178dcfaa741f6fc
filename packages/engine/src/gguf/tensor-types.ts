/** A type of ggml: so many values lie in a block of so many bytes. */
export interface TensorType {
  readonly name: "F32" | "F16" | "BF16" | "Q4_0" | "Q4_1" | "Q5_0" | "Q5_1" | "Q8_0" | "Q4_K" | "Q5_K" | "Q6_K";
  readonly values: number;
  readonly bytes: number;
}

/** Those that are read, by ggml's numbers. */
const readTypes: Readonly<Record<number, TensorType>> = {
  0: { name: "F32", values: 1, bytes: 4 },
  1: { name: "F16", values: 1, bytes: 2 },
  2: { name: "Q4_0", values: 32, bytes: 18 },
  3: { name: "Q4_1", values: 32, bytes: 20 },
  6: { name: "Q5_0", values: 32, bytes: 22 },
  7: { name: "Q5_1", values: 32, bytes: 24 },
  8: { name: "Q8_0", values: 32, bytes: 34 },
  12: { name: "Q4_K", values: 256, bytes: 144 },
  13: { name: "Q5_K", values: 256, bytes: 176 },
  14: { name: "Q6_K", values: 256, bytes: 210 },
  30: { name: "BF16", values: 1, bytes: 2 },
};

/** What ggml calls others, so that a refusal can name them. */
const otherTypes: Readonly<Record<number, string>> = {
  ...{ 9: "Q8_1", 10: "Q2_K", 11: "Q3_K", 15: "Q8_K", 16: "IQ2_XXS", 17: "IQ2_XS", 18: "IQ3_XXS", 19: "IQ1_S" },
  ...{ 20: "IQ4_NL", 21: "IQ3_S", 22: "IQ2_S", 23: "IQ4_XS", 24: "I8", 25: "I16", 26: "I32", 27: "I64", 28: "F64" },
  ...{ 29: "IQ1_M", 34: "TQ1_0", 35: "TQ2_0", 39: "MXFP4" },
};

export function tensorType(code: number): TensorType | undefined {
  return readTypes[code];
}

export function nameOfType(code: number): string {
  return readTypes[code]?.name ?? otherTypes[code] ?? String(code);
}
