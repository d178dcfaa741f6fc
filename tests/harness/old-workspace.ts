import { claimTasks, type Database, freezeLabelSet } from "@touchstone/persistence";
import { expect } from "vitest";
import { brokenInvariants } from "./assignment-invariants.ts";
import { old } from "./old-data-folder.ts";

/** Nothing of the workspace of commit edcce48 is lost, and its label set hashes as it did. */
export async function expectOldWorkspaceWhole(db: Database): Promise<void> {
  // Imports of then wrote no journal, and what was promised had been told.
  const meant = /^a lease whose last journal entry|^a judgement that nobody was promised/;
  expect((await brokenInvariants(db)).filter((broken) => !meant.test(broken))).toEqual([]);
  const { ann, ben } = old.judgements;
  const judgements = { where: { id: { in: [...ann, ...ben] } } };
  expect(await db.judgement.count(judgements)).toBe(ann.length + ben.length);
  const { workspaceId, id: projectId } = await db.project.findUniqueOrThrow({ where: { id: old.projectId } });
  // Frozen anew by this version, equal judgements have the hash that edcce48 wrote: they are the same set.
  const again = await freezeLabelSet(db, { workspaceId, projectId, includeSimulated: false });
  expect(again).toMatchObject({ id: old.labelSet.id, sha256: old.labelSet.sha256 });
  const held = await db.lease.findUniqueOrThrow({ where: { id: old.held.leaseId } });
  const { tasks } = await claimTasks(db, { workspaceId, memberId: held.memberId, projectId, count: 2 });
  expect(tasks).toContainEqual(
    expect.objectContaining({ lease: expect.objectContaining({ id: held.id, token: old.held.leaseToken }) }),
  );
  expect(await db.run.findUnique({ where: { id: old.queuedRunId } })).toMatchObject({ state: "queued", number: 3 });
}
