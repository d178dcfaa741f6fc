/** Tokens that no text can spell: the encoder never makes them from characters, so content can't forge a turn. */
export const specialTokens = ["<|pad|>", "<|bos|>", "<|eos|>", "<|user|>", "<|assistant|>", "<|system|>"] as const;
/** Their ids are their places; the 256 bytes follow, then the merges in the order they were learned. */
export const special = { pad: 0, bos: 1, eos: 2, user: 3, assistant: 4, system: 5 } as const;
export const firstByte = specialTokens.length;
export const firstMerge = firstByte + 256;
