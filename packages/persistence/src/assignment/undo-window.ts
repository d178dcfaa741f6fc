/**
 * So long can a judgement or a skip be taken back. After this an annotator has moved on, and a change of mind is a matter
 * for review; what is hidden from whoever could still change an answer (`evaluations/open-pairs.ts`) is told then.
 */
export const undoMinutes = 10;
