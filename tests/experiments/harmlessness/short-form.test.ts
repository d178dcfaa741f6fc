import { describe, expect, it } from "vitest";
import { hasReferenceData } from "../../harness/reference-data.ts";
import { compared } from "../cross-validation/compared.ts";
import { folds, oneFold, recipe } from "./experiment.ts";
import { foldOf, readHarmlessness } from "./rows.ts";

const fold = 4;

describe.skipIf(!hasReferenceData)("a reward model from judgements of harmlessness, conversations held out", () => {
  it("tells the less harmful answer better than chance and than “longer wins”", async () => {
    const pairs = await readHarmlessness();
    expect(pairs).toHaveLength(1_300);
    const found = await oneFold(pairs, fold, recipe);
    const heldOut = new Set(pairs.filter((pair) => foldOf(pair, folds) === fold).map(({ judgementId }) => judgementId));
    for (const { judgementId } of found) expect(heldOut).toContain(judgementId);
    // All but the few that are longer than the context.
    expect(found.length).toBeGreaterThan(0.98 * heldOut.size);
    const { accuracy } = compared(found);
    expect(accuracy.model.value).toBeGreaterThan(0.5);
    expect(accuracy.model.value).toBeGreaterThan(accuracy.longer.value);
  });
});
