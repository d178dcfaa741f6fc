import { expect, test } from "vitest";
import { listOf } from "./list-of.ts";

test("names stand between commas of any script, each once, and nothing is no name", () => {
  expect(listOf("Doctors, 医生、 nurses；Doctors,,")).toEqual(["Doctors", "医生", "nurses"]);
  expect(listOf(" ")).toEqual([]);
  expect(listOf(null)).toEqual([]);
});
