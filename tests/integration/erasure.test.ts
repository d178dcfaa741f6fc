import { afterAll, beforeAll } from "vitest";
import { type ErasurePlace, openErasurePlace } from "../harness/erasure-place.ts";
import { erasedByName } from "./erasure/by-name.ts";
import { declaredTexts } from "./erasure/declared.ts";
import { erasedWithAll } from "./erasure/with-all.ts";

// A file for what each of them shows, in one place with one API; whom one has erased, nobody finds in the next.
let place: ErasurePlace;
const at = () => place;

beforeAll(async () => {
  place = await openErasurePlace();
});
afterAll(() => place?.api.close());

declaredTexts(at);
erasedWithAll(at);
erasedByName(at);
