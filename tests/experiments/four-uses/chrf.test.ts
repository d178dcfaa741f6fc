import { expect, test } from "vitest";
import { chrf } from "./chrf.ts";

// Computed with sacreBLEU 2 (CHRF(), sentence_score).
test.each([
  ["Mia found a red key.", "Mia found a red key in the garden.", 56.48548802877427],
  ["Tom lost the ball", "Mia found a red key in the garden.", 5.584267894620789],
  ["米娅找到了一把红色的钥匙。", "米娅在花园里找到了一把红色的钥匙。", 64.60967069706875],
  ["", "abc", 0],
  ["ab", "ab", 100],
])("chrF of “%s” against “%s” is sacreBLEU's", (translation, reference, expected) => {
  expect(chrf(translation, reference)).toBeCloseTo(expected, 6);
});
