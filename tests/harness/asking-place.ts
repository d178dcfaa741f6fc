import type { EndpointView, RunAskedView, RunView } from "@touchstone/contracts";
import { type OpenDatabase, openDatabase } from "@touchstone/persistence";
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import type { Services } from "../../apps/worker/src/run/context.ts";
import { openApi, type TestApi } from "./api-server.ts";
import { workOnRun } from "./held-run.ts";
import { importFile, newProject } from "./import-file.ts";
import { ModelAddress } from "./model-address.ts";
import { newTenant, type Visitor } from "./visitor.ts";

/** An API key of the length and form of a real one, in no other text. */
export const endpointKey = "sk-proj-7Hq2vX9LmWc4TzR8bNf3KyJd6PgS1aQe";

/** A workspace whose runs ask a model behind an address of this machine, and what goes round it. */
export interface AskingPlace {
  readonly api: TestApi;
  readonly admin: Visitor;
  readonly database: OpenDatabase;
  readonly address: ModelAddress;
  readonly baseUrl: string;
  newEndpoint(more?: object): Promise<EndpointView>;
  endpointNow(id: string): Promise<EndpointView>;
  /** A project with so many prompts, all to be answered; the n-th of them is “Question n of …?”. */
  projectWith(prompts: number): Promise<string>;
  launched(project: string, endpointId: string, spec?: object, seed?: number): Promise<RunView>;
  runNow(id: string): Promise<RunView>;
  askedBy(id: string): Promise<RunAskedView>;
  /** Does a run as a worker does, to its end. */
  worked(run: RunView, its?: Partial<Services>): Promise<RunView>;
  close(): Promise<void>;
}

/** For all tests of a file, at the top of which it is called; there from the first of them on, and after each as it was. */
export function askingPlace(): AskingPlace {
  const place = {} as AskingPlace;
  beforeAll(async () => {
    Object.assign(place, await openAskingPlace());
  });
  // Pauses are drawn from nothing up to a bound, and the tests need no long ones.
  beforeEach(() => vi.spyOn(Math, "random").mockReturnValue(0.05));
  afterEach(() => {
    vi.restoreAllMocks();
    place.address.reset();
  });
  afterAll(() => place.close());
  return place;
}

async function openAskingPlace(): Promise<AskingPlace> {
  const api = await openApi({ TOUCHSTONE_OUTGOING_ALLOW: "127.0.0.1" });
  const { admin } = await newTenant(api.server, "ada@example.org");
  const database = openDatabase(api.databaseUrl);
  const address = new ModelAddress();
  const baseUrl = await address.open();
  let made = 0;
  const runNow = async (id: string) => (await admin.send("GET", `/api/runs/${id}`)).json<RunView>();

  return {
    ...{ api, admin, database, address, baseUrl, runNow },
    async newEndpoint(more = {}) {
      const body = { name: `Near ${++made}`, baseUrl, model: "tiny-1", key: endpointKey, ...more };
      const response = await admin.send("POST", "/api/endpoints", body);
      expect(response.statusCode, response.body).toBe(201);
      return response.json<EndpointView>();
    },
    async endpointNow(id) {
      const { items } = (await admin.send("GET", "/api/endpoints")).json<{ items: EndpointView[] }>();
      const found = items.find((one) => one.id === id);
      if (!found) throw new Error("There is no such endpoint.");
      return found;
    },
    async projectWith(prompts) {
      const project = await newProject(admin, `Asked ${++made}`, 1);
      const rows = Array.from({ length: prompts }, (_, n) => ({ prompt: `Question ${n} of ${made}?` }));
      const imported = await importFile(admin, project, { format: "prompts" }, rows);
      expect(imported.statusCode, imported.body).toBeLessThan(300);
      // A tenth is kept for evaluations by the prompts' own words; here all are to be answered.
      await api.server.database.prompt.updateMany({ where: { projectId: project }, data: { split: "train" } });
      return project;
    },
    async launched(project, endpointId, spec = {}, seed = 1) {
      const body = { kind: "generate", endpointId, seed, spec: { prompts: 100, ...spec } };
      const response = await admin.send("POST", `/api/projects/${project}/runs`, body);
      expect(response.statusCode, response.body).toBe(201);
      return response.json<RunView>();
    },
    askedBy: async (id) => (await admin.send("GET", `/api/runs/${id}/asked`)).json<RunAskedView>(),
    async worked({ id }, its) {
      await workOnRun(api, database, id, its);
      return runNow(id);
    },
    async close() {
      address.close();
      await database.close();
      await api.close();
    },
  };
}

/** All rows of all tables, as one text. */
export async function everythingOf({ pool }: OpenDatabase): Promise<string> {
  const { rows } = await pool.query<{ all: string }>(
    `SELECT string_agg(xml, '') AS all FROM (SELECT query_to_xml(format('SELECT * FROM %I', tablename), true, false, '')::text AS xml
     FROM pg_tables WHERE schemaname = 'public') every`,
  );
  return rows[0]?.all ?? "";
}
