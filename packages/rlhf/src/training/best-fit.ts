/** A stretch of a text that lies in one window. */
export interface PackedPiece {
  readonly text: number;
  /** First token, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

export interface Packing {
  readonly windows: readonly (readonly PackedPiece[])[];
  /** Tokens of all texts. */
  readonly tokens: number;
  /** Share of the windows' places that no token fills. */
  readonly waste: number;
  /** Texts that lie in more than one window: those longer than a window, and no others. */
  readonly cut: number;
}

/**
 * Texts into windows of `context` tokens by best fit, longest first (Ding et al. 2024, "Fewer Truncations Improve Language
 * Modeling", §3): no text is cut that fits into a window whole, and each goes where it leaves the least room. A longer one fills
 * windows from its beginning, and its remainder is packed like a text. Best-fit-decreasing needs at most 11/9 of the fewest
 * windows possible, and one more (Johnson 1974).
 *
 * @param lengths tokens of each text; texts without any are left out
 * @throws RangeError if the context is not a positive whole number
 */
export function bestFitDecreasing(lengths: readonly number[], context: number): Packing {
  if (!Number.isInteger(context) || context < 1) throw new RangeError("a context has at least one token");
  const windows: PackedPiece[][] = [];
  const remainders: PackedPiece[] = [];
  lengths.forEach((length, text) => {
    const whole = Math.floor(length / context) * context;
    for (let from = 0; from < whole; from += context) windows.push([{ text, from, to: from + context }]);
    if (whole < length) remainders.push({ text, from: whole, to: length });
  });
  const size = ({ from, to }: PackedPiece) => to - from;
  remainders.sort((a, b) => size(b) - size(a) || a.text - b.text);
  // Windows by the room they have left; of those with the same room the newest is filled.
  const byRoom = Array.from({ length: context + 1 }, (): PackedPiece[][] => []);
  for (const piece of remainders) {
    const needed = size(piece);
    let room = needed;
    while (room <= context && byRoom[room]?.length === 0) room += 1;
    let window = byRoom[room]?.pop();
    if (!window) {
      window = [];
      room = context;
      windows.push(window);
    }
    window.push(piece);
    byRoom[room - needed]?.push(window);
  }
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  const places = windows.length * context;
  return {
    windows,
    tokens,
    waste: places === 0 ? 0 : 1 - tokens / places,
    cut: lengths.filter((length) => length > context).length,
  };
}
