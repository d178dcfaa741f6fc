/**
 * Which of a prompt's answers meet, as indexes: two answers are a pair; of more, each meets its two neighbours in a ring,
 * which compares all of them at the least cost. One alone meets none.
 */
export function pairsOf(answers: number): readonly (readonly [number, number])[] {
  if (answers < 2) return [];
  if (answers === 2) return [[0, 1]];
  return Array.from({ length: answers }, (_, index) => [index, (index + 1) % answers] as const);
}
