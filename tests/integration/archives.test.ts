import { afterAll, beforeAll } from "vitest";
import { type ArchivePair, openArchivePair } from "../harness/archive-pair.ts";
import { archivesOfWhatIsGone } from "./archives/gone.ts";
import { interruptedArchives } from "./archives/interrupted.ts";
import { madeOfArchives } from "./archives/made.ts";
import { refusedArchives } from "./archives/refused.ts";
import { writtenArchives } from "./archives/written.ts";

// A file for what each of them shows; together, as both installations and the full project take longer to make than to look at.
let opened: ArchivePair;
const pair = () => opened;

beforeAll(async () => {
  opened = await openArchivePair();
}, 60_000);
afterAll(() => Promise.all([opened?.source.close(), opened?.target.close()]));

// In this order: what is refused leaves the other installation empty, and what is made there is gone again at the end.
writtenArchives(pair);
refusedArchives(pair);
interruptedArchives(pair);
madeOfArchives(pair);
archivesOfWhatIsGone(pair);
