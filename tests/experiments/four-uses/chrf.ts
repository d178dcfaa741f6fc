/** Longest character n-gram counted, and how many times recall weighs as much as precision: chrF2 of Popović (2016). */
const longest = 6;
const beta = 2;

/**
 * Character n-gram F-score of a translation against its reference (Popović 2015, "chrF"), in [0, 100]: precision and recall
 * averaged over n = 1 … 6, spaces not counted, as sacreBLEU computes it. Lengths that neither text has are left out.
 */
export function chrf(translation: string, reference: string): number {
  const [said, wanted] = [translation, reference].map((text) => [...text.replace(/\s+/gu, "")]);
  let [precision, recall, orders] = [0, 0, 0];
  for (let n = 1; n <= longest; n++) {
    const [own, right] = [grams(said ?? [], n), grams(wanted ?? [], n)];
    const [ownCount, rightCount] = [total(own), total(right)];
    if (ownCount === 0 || rightCount === 0) continue;
    let matches = 0;
    for (const [gram, count] of own) matches += Math.min(count, right.get(gram) ?? 0);
    precision += matches / ownCount;
    recall += matches / rightCount;
    orders += 1;
  }
  if (precision + recall === 0) return 0;
  const [p, r] = [precision / orders, recall / orders];
  return (100 * (1 + beta ** 2) * p * r) / (beta ** 2 * p + r);
}

function grams(characters: readonly string[], n: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let start = 0; start + n <= characters.length; start++) {
    const gram = characters.slice(start, start + n).join("");
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

const total = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((sum, count) => sum + count, 0);
