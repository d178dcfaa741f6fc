import { describe, expect, it } from "vitest";
import { hasReferenceData } from "../../harness/reference-data.ts";
import { compared } from "../cross-validation/compared.ts";
import { oneFold, recipe } from "./experiment.ts";
import { foldOf, readHarmlessness } from "./rows.ts";

describe.skipIf(!hasReferenceData)("a reward model from judgements of harmlessness, conversations held out", () => {
  it("tells the less harmful answer better than chance and than “longer wins”", async () => {
    const pairs = await readHarmlessness();
    expect(pairs).toHaveLength(1_300);
    const found = [...(await oneFold(pairs, 0, recipe)), ...(await oneFold(pairs, 1, recipe))];
    const heldOut = pairs.filter((pair) => foldOf(pair, 5) < 2);
    expect(found.map(({ judgementId }) => judgementId).sort()).toEqual(
      heldOut.map(({ judgementId }) => judgementId).sort(),
    );
    const { accuracy } = compared(found);
    expect(accuracy.model.value).toBeGreaterThan(0.5);
    expect(accuracy.model.value).toBeGreaterThan(accuracy.longer.value);
  });
});
