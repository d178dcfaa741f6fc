import { createHash } from "node:crypto";
import type { ModelVersionView } from "@touchstone/contracts";
import { freezeLabelSet, LocalFileStore, storedFiles } from "@touchstone/persistence";
import { describe, expect, it } from "vitest";
import { brokenInvariants } from "../../harness/assignment-invariants.ts";
import { foundIn } from "../../harness/copied-tables.ts";
import {
  atWork,
  dependantsOf,
  type ErasurePlace,
  erase,
  plantedWords,
  storeOf,
  untilDone,
} from "../../harness/erasure-place.ts";
import { everyAnswer } from "../../harness/every-answer.ts";
import { mark, wordFor } from "../../harness/planted-person.ts";
import { newTenant } from "../../harness/visitor.ts";
import { writeLabelSetFiles } from "../../harness/write-label-set-files.ts";

const hex = (line: string) => createHash("sha256").update(line).digest("hex");

/** Somebody of whom nothing stays, and what becomes of whatever used their work. */
export function erasedWithAll(at: () => ErasurePlace): void {
  describe("somebody who is erased", () => {
    it("with judgements and texts is found in no table, export, page or file, and sets keep their hash", async () => {
      const place = at();
      const { api, admin, workspaceId, projectId } = place;
      const db = api.server.database;
      const { stored, storedWith } = storeOf(place);
      const noa = await atWork(place, "noa");
      const mei = await atWork(place, "mei");
      const set = await freezeLabelSet(db, { workspaceId, projectId, includeSimulated: false });
      const lines = await db.$queryRaw<{ id: string; line: string }[]>`
      SELECT j.id, j.id || ' ' || j.shown_order::text || ' ' || j.answer::text || E'\n' AS line
      FROM label_set_item i JOIN judgement j ON j.id = i.judgement_id
      WHERE i.label_set_id = ${set.id}::uuid AND j.member_id = ${mei.memberId}::uuid`;
      expect(lines).toHaveLength(2);
      const spec = { workspaceId, projectId, spec: {}, seed: 1, labelSetId: set.id };
      const underWay = await db.run.create({ data: { ...spec, kind: "reward", name: "At work", state: "running" } });
      const done = await db.run.create({ data: { ...spec, kind: "sft", name: "Done", state: "succeeded" } });
      const files = new LocalFileStore(api.filesDir);
      await files.put(`runs/${done.id}/1/model/model.safetensors`, new Uint8Array([1]));
      await files.put(`features/${workspaceId}/${projectId}/${"0".repeat(64)}`, new Uint8Array(4));
      const model = await db.modelVersion.create({
        data: {
          ...{ workspaceId, projectId, kind: "policy", name: "Tuned", files: [], sha256: "a", parameters: 1, spec: {} },
          ...{ runId: done.id, labelSetId: set.id },
        },
      });

      const asks = { workspaceId, projectId, baselineId: model.id, prompts: 1, overlap: 2, seed: 1 };
      const evaluation = await db.evaluation.create({ data: { ...asks, state: "judging", name: "Both" } });
      const [pair] = lines;
      await db.task.updateMany({
        where: { judgements: { some: { id: pair?.id ?? "" } } },
        data: { evaluationId: evaluation.id },
      });

      const fileOfSet = `/api/label-sets/${set.id}/files/judgements.jsonl`;
      await admin.send("POST", `/api/label-sets/${set.id}/files`, { name: "judgements.jsonl" });
      await writeLabelSetFiles(api);
      expect(storedWith(wordFor(`${mark}mei`, "judgement", "answer"))).toHaveLength(1);

      const seen = await dependantsOf(place, mei.memberId);
      expect(seen).toMatchObject({
        evaluations: [{ id: evaluation.id, candidate: "Both", judgements: 1 }],
        member: { id: mei.memberId, name: mei.name, kind: "person" },
        elsewhere: false,
        counts: {
          judgements: 2,
          skips: 1,
          held: 1,
          inquiries: 1,
          answers: 1,
          notes: 2,
          views: 1,
          imports: 1,
          tokens: 1,
        },
        projects: [{ id: projectId, judgements: 2 }],
        // Theirs, which they froze themselves, is one more.
        labelSets: expect.arrayContaining([
          expect.objectContaining({ id: set.id, sha256: set.sha256, judgements: 4, going: 2 }),
        ]),
        runs: [
          { id: underWay.id, underWay: true },
          { id: done.id, underWay: false },
        ],
        models: [{ id: model.id, name: "Tuned" }],
      });
      const send = (body: object, who = admin) => who.send("POST", `/api/members/${mei.memberId}/erasure`, body);
      const draft = { what: "all", name: mei.name, stamp: seen.stamp };
      expect((await send({ ...draft, name: "Mai" })).json()).toMatchObject({ reason: "erasureUnconfirmed" });
      expect((await send({ ...draft, stamp: "of yesterday" })).json()).toMatchObject({ reason: "dependantsOutdated" });
      const stranger = (await newTenant(api.server, "eve@elsewhere.example.org")).admin;
      expect((await send(draft, stranger)).statusCode).toBe(404);
      const { memberId: adaId } = await db.session.findFirstOrThrow({
        where: { member: { name: "Ada", workspaceId } },
      });
      const self = await admin.send("POST", `/api/members/${adaId}/erasure`, draft);
      expect(self.json()).toMatchObject({ reason: "erasesSelf" });
      expect(await db.erasure.count()).toBe(0);

      const accepted = await send(draft);
      expect(accepted.statusCode, accepted.body).toBe(202);
      // Who they were is gone at once; the work follows.
      expect((await mei.visitor.send("GET", "/api/session")).statusCode).toBe(401);
      await untilDone(place);

      const sought = [mei.memberId, mei.userId, "mei@example.org", mei.name, `${mark}mei`];
      expect(await foundIn(api.databaseUrl, sought)).toEqual([]);
      // No worker has been there since: what was written before is gone, and what it writes next is without them.
      expect(sought.flatMap(storedWith)).toEqual([]);
      expect((await admin.send("GET", fileOfSet)).statusCode).not.toBe(200);
      await writeLabelSetFiles(api);
      expect((await admin.send("GET", fileOfSet)).body).toContain(wordFor(`${mark}noa`, "judgement", "answer"));
      expect(sought.flatMap(storedWith)).toEqual([]);
      // Of whoever is still there, all stays.
      const ofNoa = (await foundIn(api.databaseUrl, [`${mark}noa`])).join("\n");
      expect(plantedWords("noa").filter((word) => !ofNoa.includes(word) && !word.endsWith("document"))).toEqual([]);

      const { sha256, counts } = await db.labelSet.findUniqueOrThrow({ where: { id: set.id } });
      expect([sha256, counts]).toEqual([set.sha256, expect.objectContaining({ judgements: 4 })]);
      const tombstones = await db.labelSetTombstone.findMany({ where: { labelSetId: set.id } });
      const byId = (one: { id: string }, other: { id: string }) => one.id.localeCompare(other.id);
      expect(tombstones.map(({ judgementId: id, lineSha256, why }) => ({ id, lineSha256, why })).sort(byId)).toEqual(
        lines.map(({ id, line }) => ({ id, lineSha256: hex(line), why: "erased" })).sort(byId),
      );
      const page = (await admin.send("GET", `/api/label-sets/${set.id}/judgements`)).json<object>();
      expect(page).toMatchObject({ erased: { judgements: 2 } });
      const exported = await admin.send("GET", `/api/label-sets/${set.id}/export?format=judgements`);
      expect([exported.statusCode, exported.headers["deleted-since"], exported.headers["erased-since"]]).toEqual([
        200,
        "2",
        "2",
      ]);
      // Files in a folder's zip are stored as they are.
      const folder = await admin.send("GET", `/api/label-sets/${set.id}/export?format=judgements&container=folder`);
      expect(folder.body).toContain("since it was frozen: 2, 2 of them with whoever made them.");
      const rated = await db.evaluation.findUniqueOrThrow({ where: { id: evaluation.id } });
      expect(rated).toMatchObject({ erasedJudgements: 1, erasedAt: expect.any(Date) });
      const ended = await db.run.findUniqueOrThrow({ where: { id: underWay.id } });
      expect(ended).toMatchObject({ state: "failed", error: { reason: "labelsErased" } });
      const run = (await admin.send("GET", `/api/runs/${done.id}`)).json<{ erased: object }>();
      expect(run.erased).toMatchObject({ judgements: 2 });
      const { items } = (await admin.send("GET", "/api/models")).json<{ items: ModelVersionView[] }>();
      expect(items.find(({ id }) => id === model.id)?.erased).toMatchObject({ judgements: 2 });
      expect(await brokenInvariants(db, { outboxDrained: true })).toEqual([]);

      // What is left of the other is erased too, so that nothing planted is expected anywhere.
      await erase(place, noa, "all");
      await untilDone(place);
      expect(await foundIn(api.databaseUrl, [mark, noa.memberId, ...sought])).toEqual([]);
      const answers = await everyAnswer(place);
      for (const [where, body] of answers)
        expect(body.toLowerCase(), where).not.toMatch(new RegExp(`${mark}|mei@|noa@`));
      expect(answers.size).toBeGreaterThan(30);
      await writeLabelSetFiles(api);
      for (const path of stored()) {
        expect(
          storedFiles.some((kind) => kind.path.test(path)),
          `Say in erasure/files.ts what ${path} holds of a person.`,
        ).toBe(true);
      }
      expect(storedWith(mark)).toEqual([]);
      expect(stored().filter((path) => path.startsWith("features/"))).toEqual([]);
      const audit = (await admin.send("GET", "/api/audit?limit=100")).json<{
        items: { action: string; detail: object }[];
      }>();
      const told = audit.items.filter(({ action }) => action === "member.erased");
      expect(told.map(({ detail }) => detail)).toMatchObject([
        { erased: "all" },
        { erased: "all", judgements: 2, models: 1 },
      ]);
    });
  });
}
