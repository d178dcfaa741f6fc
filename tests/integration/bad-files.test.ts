import { request } from "node:http";
import type { ImportReceipt, ProblemIssue, SpooledFileView } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messagesOf } from "../../apps/web/components/forms/issue-messages.fixture.ts";
import { placedIssueText } from "../../apps/web/components/forms/issue-text.ts";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { type BadFile, good, lines } from "../harness/bad-files/bad-file.ts";
import { badMapped } from "../harness/bad-files/bad-mapped.ts";
import { badRows } from "../harness/bad-files/bad-rows.ts";
import { badShapes } from "../harness/bad-files/bad-shapes.ts";
import { packedFiles } from "../harness/bad-files/packed-files.ts";
import { textFiles } from "../harness/bad-files/text-files.ts";
import { importFile, importUnseen, newProject, receiptOf } from "../harness/import-file.ts";
import { beginUpload, sendOn } from "../harness/send-in-pieces.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let projectId: string;
beforeAll(async () => {
  api = await openApi();
  ({ admin } = await newTenant(api.server, "ada@example.org"));
  projectId = await newProject(admin, "bad files");
});
afterAll(() => api.close());

const all = [...textFiles, ...packedFiles, ...badRows, ...badShapes, ...badMapped].map((one, index) => ({
  ...one,
  number: index + 1,
}));

/** How many rows of each kind an import could have left. */
async function leftovers() {
  const [row] = await api.server.database.$queryRaw<Record<string, bigint>[]>`
    SELECT (SELECT count(*) FROM prompt) AS prompts, (SELECT count(*) FROM completion) AS completions,
      (SELECT count(*) FROM task) AS tasks, (SELECT count(*) FROM lease) AS leases,
      (SELECT count(*) FROM judgement) AS judgements, (SELECT count(*) FROM member) AS members,
      (SELECT count(*) FROM import) AS imports, (SELECT count(*) FROM journal) AS journal,
      (SELECT count(*) FROM questionnaire) AS questionnaires`;
  return row;
}

/** Sends a file as a person does who takes it as the receipt proposes, and leaves nothing out. */
async function sent({ bytes, mapping }: BadFile) {
  const file = bytes();
  const asked = mapping === undefined ? {} : { format: "columns", mapping: JSON.stringify(mapping) };
  const answer = await receiptOf(admin, projectId, asked, file);
  if (answer.statusCode !== 200) return answer;
  const receipt = answer.json<ImportReceipt>();
  const read = receipt.mapping === null ? {} : { mapping: JSON.stringify(receipt.mapping) };
  const query = { format: receipt.format, question: receipt.question, receipt: receipt.digest, ...read };
  return importUnseen(admin, projectId, query, file);
}

interface Problem {
  readonly status: number;
  readonly issues?: readonly ProblemIssue[];
}

/** The cure in Chinese: what is asked for, or what something has to be. */
const asksInChinese = /请|应|必须|只能/;

describe("a file that cannot be imported", () => {
  it("is one of eighty and more", () => expect(all.length).toBeGreaterThanOrEqual(80));

  it.each(all)("$number: $name: said with its place, its value and the cure, and nothing is written", async (bad) => {
    const before = await leftovers();
    const answer = await sent(bad);
    const { status, issues = [] } = answer.json<Problem>();
    const [issue] = issues;
    expect([status, issue?.reason], answer.body).toEqual([bad.status ?? 422, bad.reason]);
    if (issue === undefined) return;
    const path = [...(bad.line === null ? [] : ["lines", bad.line]), ...(bad.field === null ? [] : [bad.field])].join(
      ".",
    );
    if (bad.line !== null) expect(issue.path).toBe(path);
    const [english, chinese] = (["en", "zh"] as const).map((locale) => placedIssueText(issue, messagesOf(locale)));
    for (const sentence of [english, chinese]) {
      for (const named of [bad.line, bad.field, ...(bad.says ?? [])]) {
        if (named !== null) expect(sentence).toContain(String(named));
      }
      expect(sentence).not.toMatch(/\{\w+\}/);
    }
    expect(english).toMatch(bad.cure);
    expect(chinese).toMatch(asksInChinese);
    expect(await leftovers()).toEqual(before);
    // Now and then, since each costs as much as all of the above: what comes next is imported as ever.
    if (bad.number % 10 !== 0) return;
    const next = await importFile(admin, projectId, { format: "trl-preference" }, [
      { ...good, prompt: `after ${bad.number}` },
    ]);
    expect(next.json()).toMatchObject({ tasks: 1, judgements: 1 });
  });

  it("with a line that is too long is refused while it is sent in parts, and no more of it is taken", async () => {
    const part = 9 * 2 ** 20;
    const bytes = Buffer.concat([lines(good), Buffer.from('{"prompt":"'), Buffer.alloc(3 * part, "x")]);
    const { id } = (await beginUpload(admin, projectId, "long.jsonl", bytes.length)).json<SpooledFileView>();
    expect((await sendOn(admin, id, 0, bytes.subarray(0, part))).statusCode).toBe(204);
    const answer = await sendOn(admin, id, part, bytes.subarray(part, 2 * part));
    expect(answer.statusCode).toBe(422);
    const issues = [{ path: "lines.2", reason: "tooLongLine" }];
    expect(answer.json()).toMatchObject({ issues });
    const file = (await admin.send("GET", `/api/spool/${id}`)).json<SpooledFileView>();
    expect(file).toMatchObject({ state: "failed", problem: { code: "invalid_line", issues } });
    const more = await sendOn(admin, id, 0, bytes.subarray(0, part));
    expect(more.json()).toMatchObject({ status: 409, reason: "spooledFailed" });
    expect((await admin.send("DELETE", `/api/spool/${id}`)).statusCode).toBe(204);
  });

  it("with a gigabyte on one line is refused while it is sent, long before its end", async () => {
    const before = await leftovers();
    const address = await api.server.listen({ port: 0, host: "127.0.0.1" });
    const megabyte = Buffer.alloc(2 ** 20, "x");
    let megabytes = 0;
    const answer = await new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const sending = request(`${address}/api/projects/${projectId}/imports/receipt`, {
        method: "POST",
        headers: {
          ...{ cookie: admin.cookie ?? "", "x-csrf-token": admin.csrfToken ?? "" },
          ...{ "content-type": "application/x-ndjson", "content-length": 2 ** 30 },
        },
      });
      sending.on("error", reject);
      sending.on("response", (response) => {
        let body = "";
        response.on("data", (chunk) => {
          body += chunk;
        });
        response.on("end", () => {
          sending.removeAllListeners("error").on("error", () => undefined);
          sending.destroy();
          resolve({ status: response.statusCode, body });
        });
      });
      sending.write(Buffer.concat([lines(good), Buffer.from('{"prompt":"')]));
      const more = () => {
        if (sending.destroyed || megabytes === 1_000) return;
        megabytes += 1;
        sending.write(megabyte, () => setImmediate(more));
      };
      more();
    });
    expect(answer.status).toBe(422);
    expect(JSON.parse(answer.body)).toMatchObject({ issues: [{ path: "lines.2", reason: "tooLongLine" }] });
    expect(megabytes).toBeLessThan(500);
    expect(await leftovers()).toEqual(before);
    const next = await importFile(admin, projectId, { format: "trl-preference" }, [{ ...good, prompt: "at last" }]);
    expect(next.json()).toMatchObject({ judgements: 1 });
  });
});
