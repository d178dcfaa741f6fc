import { expect, it } from "vitest";
import { type CardFacts, dataCard } from "./card.ts";

const facts: CardFacts = {
  ...{
    projectName: "House style",
    labelSetId: "a",
    labelSetSha256: "b",
    judgements: 3,
    deletedSince: 0,
    erasedSince: 0,
  },
  ...{ guideline: null, labelled: [], agreement: [] },
};
const cardOf = (gone: Pick<CardFacts, "deletedSince" | "erasedSince">) =>
  dataCard({ ...facts, ...gone }, { format: "hh", aggregation: "votes", files: [], leftOut: [] });

it("says how much of the set is gone, and how much of that with whoever made it; of a whole set nothing", () => {
  expect(cardOf({ deletedSince: 0, erasedSince: 0 })).not.toContain("since it was frozen");
  expect(cardOf({ deletedSince: 5, erasedSince: 0 })).toContain("since it was frozen: 5. They are not in these files");
  expect(cardOf({ deletedSince: 5, erasedSince: 2 })).toContain("frozen: 5, 2 of them with whoever made them.");
});
