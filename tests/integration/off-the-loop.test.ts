import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { newProject } from "../harness/import-file.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

/** Of a row's text, wherever it is parsed or written. */
const mark = "away from the loop";
const rows = 500;

let api: TestApi;
let admin: Visitor;
let projectId: string;
beforeAll(async () => {
  api = await openApi();
  ({ admin } = await newTenant(api.server, "ada@example.org"));
  projectId = await newProject(admin, "off the loop");
  await bringIn();
});
afterAll(() => api.close());
afterEach(() => vi.restoreAllMocks());

/** How often this thread, which is the one that answers, parses or writes JSON of a row meanwhile. */
async function rowsHere(work: () => Promise<unknown>): Promise<number> {
  const [parse, stringify] = [vi.spyOn(JSON, "parse"), vi.spyOn(JSON, "stringify")];
  await work();
  const parsed = parse.mock.calls.filter(([text]) => typeof text === "string" && text.includes(mark));
  const written = stringify.mock.results.filter(({ value }) => typeof value === "string" && value.includes(mark));
  vi.restoreAllMocks();
  return parsed.length + written.length;
}

const session = () => ({ cookie: admin.cookie ?? "", "x-csrf-token": admin.csrfToken ?? "" });
const headers = () => ({ ...session(), "content-type": "application/x-ndjson" });
const payload = Buffer.from(
  Array.from({ length: rows }, (_, row) => {
    const vote = { prompt: `${mark} ${row}`, chosen: `A ${row}`, rejected: `B ${row}`, annotator: `w${row % 3}` };
    return `${JSON.stringify(vote)}\n`;
  }).join(""),
);

const send = (path: string) =>
  api.server.inject({ method: "POST", url: `/api/projects/${projectId}/${path}`, headers: headers(), payload });

async function bringIn(): Promise<void> {
  const { statusCode, body } = await send("imports?format=trl-preference&question=preference");
  expect(statusCode, body).toBe(201);
  expect(body).toContain(`"rows":${rows}`);
}

describe("the thread that answers everybody", () => {
  it("reads no row of a file, for a receipt or an import: what it shows of them is a few", async () => {
    // The preview of a receipt, which comes once from its thread as data and is written once as the answer.
    expect(
      await rowsHere(async () => {
        const receipt = await send("imports/receipt");
        expect(receipt.statusCode, receipt.body).toBe(200);
      }),
    ).toBeLessThanOrEqual(2);
    expect(await rowsHere(bringIn)).toBe(0);
  });

  it("makes no row of an export", async () => {
    const ask = (path: string) =>
      api.server.inject({ url: `/api/projects/${projectId}/exports${path}`, headers: session() });
    for (const format of ["trl-preference", "judgements", "sft-messages"]) {
      const exported = async () => {
        const { body } = await ask(`?format=${format}`);
        expect(body.split("\n").filter((line) => line.includes(mark))).toHaveLength(rows);
      };
      expect(await rowsHere(exported), format).toBe(0);
    }
    const sampled = async () => expect((await ask("/sample?format=trl-preference")).statusCode).toBe(200);
    expect(await rowsHere(sampled)).toBeLessThanOrEqual(1);
  });
});
