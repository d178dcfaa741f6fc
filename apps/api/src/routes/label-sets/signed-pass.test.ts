import { expect, it } from "vitest";
import { memberOfPass, passOf } from "./signed-pass.ts";

const secret = "a secret of at least thirty-two characters";
const file = { labelSetId: "0198a000-0000-7000-8000-000000000001", name: "trl-preference.parquet" };
const memberId = "0198a000-0000-7000-8000-000000000002";
const pass = passOf(secret, { ...file, memberId, expires: 2_000 });

it("opens its file until it expires, and to the second no longer", () => {
  expect(memberOfPass(secret, pass, file, 1_999_999)).toBe(memberId);
  expect(memberOfPass(secret, pass, file, 2_000_000)).toBeNull();
});

it("opens nothing else, to nobody else and no longer than was signed", () => {
  const at = 1_000_000;
  expect(memberOfPass(secret, pass, { ...file, name: "judgements.parquet" }, at)).toBeNull();
  expect(memberOfPass(secret, pass, { ...file, labelSetId: memberId }, at)).toBeNull();
  expect(memberOfPass("another secret of thirty-two characters", pass, file, at)).toBeNull();
  expect(memberOfPass(secret, pass.replace(/^2000/, "9000"), file, at)).toBeNull();
  expect(memberOfPass(secret, pass.replace(memberId, file.labelSetId), file, at)).toBeNull();
  for (const forged of ["", "2000", `${pass}a`, pass.slice(0, -1), `2000.${memberId}.${"A".repeat(43)}`]) {
    expect(memberOfPass(secret, forged, file, at)).toBeNull();
  }
});
