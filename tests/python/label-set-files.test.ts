import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { importFile, newProject } from "../harness/import-file.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";
import { writeLabelSetFiles } from "../harness/write-label-set-files.ts";
import { asked, withEnvironment } from "./environments.ts";

const name = "trl-preference-plain.parquet";
const pairs = ["Why?", "天空是什么颜色？", "🙂"].map((prompt) => ({
  ...{ prompt, chosen: `${prompt} Yes.`, rejected: `${prompt} No.` },
}));

let api: TestApi;
let origin: string;
let admin: Visitor;
let token: string;
let projectId: string;
let labelSetId: string;
let folder: string;

beforeAll(async () => {
  api = await openApi();
  origin = await api.server.listen({ port: 0, host: "127.0.0.1" });
  ({ admin } = await newTenant(api.server, "ada@example.org"));
  folder = mkdtempSync(join(tmpdir(), "touchstone-addresses-"));
  projectId = await newProject(admin, "Addresses", 1);
  await importFile(admin, projectId, { format: "trl-preference" }, pairs);
  const frozen = await admin.send("POST", `/api/projects/${projectId}/label-sets`, { selection: { filter: {} } });
  labelSetId = frozen.json<{ id: string }>().id;
  await admin.send("PATCH", `/api/label-sets/${labelSetId}`, { latest: true });
  await admin.send("POST", `/api/label-sets/${labelSetId}/files`, { name });
  await writeLabelSetFiles(api);
  const made = await admin.send("POST", "/api/tokens", { name: "a notebook", role: "researcher", expiresInDays: 1 });
  token = made.json<{ token: string }>().token;
});
afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

const loaded = (path: string, ...by: string[]) =>
  asked("trl", "load_from_address.py", [`${origin}${path}`, ...by], { HF_HOME: folder });
const fileOf = (file: string) => `/api/label-sets/${labelSetId}/files/${file}`;
const turn = (role: string, content: string) => [{ role, content }];
const wanted = {
  rows: expect.arrayContaining(
    pairs.map(({ prompt, chosen, rejected }) => ({
      prompt: turn("user", prompt),
      chosen: turn("assistant", chosen),
      rejected: turn("assistant", rejected),
    })),
  ),
  ...{ streamed: true, table: pairs.length },
};

withEnvironment("trl")("datasets and pandas load a file from its address, by a token or by a signed one", async () => {
  expect(await loaded(fileOf(name), token)).toEqual(wanted);
  const signed = await admin.send("POST", `${fileOf(name)}/address`, {});
  expect(await loaded(signed.json<{ path: string }>().path)).toEqual(wanted);
});

withEnvironment("trl")("they follow the address of the latest set, with the token", async () => {
  expect(await loaded(`/api/projects/${projectId}/label-sets/latest/files/${name}`, token)).toEqual(wanted);
});

withEnvironment("trl")(
  "they load nothing in the place of a file that is not written yet, or without a token",
  async () => {
    await expect(loaded(fileOf("ratings.parquet"), token)).rejects.toThrow(/FileNotFoundError|409/);
    await expect(loaded(fileOf(name))).rejects.toThrow(/FileNotFoundError|401/);
  },
);
