import { randomUUID } from "node:crypto";
import type { Route, RouteName } from "@touchstone/contracts";

/** An answer that nobody gave. */
const sampleAnswer = (text: string) => ({
  ...{ modelId: randomUUID(), messages: [{ role: "user", content: "Hello" }], sampling: {} },
  ...{ seed: 1, text, finishReason: "stop", proof: "none" },
});

/** Bodies and queries that pass validation, so that what answers is the handler. Routes not named need none. */
const samples: Partial<Record<RouteName, { body?: unknown; query?: string }>> = {
  signIn: { body: { email: "nobody@example.org", password: "not the password" } },
  switchWorkspace: { body: { workspaceId: randomUUID() } },
  changeMember: { body: { role: "reviewer" } },
  createLink: { body: { kind: "invitation", role: "annotator" } },
  join: { body: { password: "a good long password" } },
  joinSignedIn: { body: { consent: true } },
  createApiToken: { body: { name: "sample", role: "annotator" } },
  createProject: { body: { name: "Sample" } },
  createProjectOfFile: { body: { format: "touchstone-project", version: 1, name: "Of a file" } },
  copyProject: { body: { name: "Copy", take: "settings" } },
  writeTranslation: { body: { language: "zh", name: "样例" } },
  readNotices: { body: { upTo: "2026-01-31T12:00:00Z" } },
  comeBack: { body: { code: "x".repeat(43) } },
  changeProject: { body: { overlap: 2 } },
  writeQuestionnaire: { body: { name: "order", questions: [{ name: "order", kind: "ranking" }] } },
  changeBatch: { body: { number: 100, name: "First" } },
  changeItems: { body: { selection: { ids: [randomUUID()] }, change: { kind: "pause" } } },
  makeLabelSet: { body: { selection: { ids: [randomUUID()] } } },
  leaveOut: { body: { what: { kind: "member", memberId: randomUUID() }, reason: "careless" } },
  putBack: { body: { what: { kind: "act", actId: randomUUID() } } },
  deleteProject: { body: { name: "Not its name", stamp: "of another list" } },
  deletePrompts: { body: { selection: { ids: [randomUUID()] }, preview: true } },
  eraseMember: { body: { what: "identity", name: "Not their name", stamp: "of another list" } },
  bringUploadedArchive: { body: { fileId: randomUUID() } },
  changeRetention: { body: { identityDays: 30, archivedDays: null } },
  exportSet: { query: "?format=judgements" },
  changeLabelSet: { body: { name: "Of today" } },
  diffLabelSets: { query: `?against=${randomUUID()}` },
  askLabelSetFile: { body: { name: "judgements.parquet" } },
  signLabelSetFile: { body: { seconds: 60 } },
  saveMapping: {
    body: {
      name: "Sample",
      header: ["prompt"],
      reading: { format: "prompts", mapping: null, question: null, together: null },
    },
  },
  changeMapping: { body: { name: "Another" } },
  createSavedView: { body: { name: "Sample", filter: {} } },
  changeSavedView: { body: { name: "Another" } },
  previewOverlap: { query: "?overlap=2" },
  importRows: { query: "?format=trl-preference" },
  createDownload: { body: { url: "https://example.org/rows.jsonl" } },
  chooseFolderFile: { body: { path: "rows.jsonl" } },
  importSpooled: { query: "?format=trl-preference" },
  openImport: { body: {} },
  uploadMedia: { query: "?name=a.png" },
  exportRows: { query: "?format=trl-preference" },
  fitExport: { query: "?format=hh" },
  measureExport: { query: "?format=hh&tokens=1024" },
  measureLabelSet: { query: "?format=hh&tokens=1024" },
  sampleExport: { query: "?format=trl-preference" },
  simulate: { body: { annotators: 1, judgements: 1 } },
  claimTasks: { body: {} },
  heartbeat: { body: { leaseToken: "x".repeat(32) } },
  releaseLease: { body: { leaseToken: "x".repeat(32) } },
  skipTask: { body: { leaseToken: "x".repeat(32) } },
  submitJudgement: {
    body: {
      leaseId: randomUUID(),
      leaseToken: "x".repeat(32),
      idempotencyKey: randomUUID(),
      answer: { choice: "rated", score: 3 },
      timings: { visibleMs: 1, activeMs: 1 },
      client: { locale: "en", viewport: "1x1", input: "api" },
    },
  },
  readGuideline: { body: { version: 1 } },
  ask: { body: { taskId: randomUUID(), text: "Why?", idempotencyKey: randomUUID() } },
  seeInquiries: { body: { upTo: "2026-01-31T12:00:00Z" } },
  answerInquiry: { body: { text: "Because." } },
  settleRemark: { body: { done: true } },
  undoSkip: { body: { idempotencyKey: randomUUID() } },
  undoJudgement: { body: { idempotencyKey: randomUUID() } },
  correctJudgement: {
    body: {
      idempotencyKey: randomUUID(),
      answers: { rating: { rating: 3 } },
      timings: { visibleMs: 1, activeMs: 1 },
      client: { locale: "en", viewport: "800x600", input: "api" },
    },
  },
  undoCorrection: { body: { idempotencyKey: randomUUID() } },
  launchRun: { body: { kind: "reward", policy: { modelVersionId: randomUUID() } } },
  getLabelFit: { query: `?modelId=${randomUUID()}&labels=comparisons` },
  launchRound: { body: { preset: "preference", policyId: randomUUID() } },
  promoteModel: { body: { projectId: randomUUID(), reason: "Sample", insteadOf: null } },
  changeModel: { body: { name: "Sample" } },
  createEvaluation: { body: { candidateId: randomUUID(), baselineId: randomUUID() } },
  // A public address: to name it asks nobody.
  createWebhook: { body: { url: "https://93.184.216.34/hook", events: ["run.ended"] } },
  changeWebhook: { body: { on: false } },
  createEndpoint: { body: { name: "Sample", baseUrl: "https://93.184.216.34/v1", model: "any" } },
  changeEndpoint: { body: { name: "Another" } },
  streamEndpointAnswer: { body: { messages: [{ role: "user", content: "Hello" }], seed: 1 } },
  completeChat: { body: { model: "nobody/1", messages: [{ role: "user", content: "Hello" }] } },
  scoreAnswers: { body: { items: [{ prompt: "Hello", answer: "Hi" }] } },
  streamAnswer: { body: { messages: [{ role: "user", content: "Hello" }], seed: 1 } },
  askPair: { body: { questionnaire: "preference", answers: [sampleAnswer("One"), sampleAnswer("Another")] } },
  scoreRemotely: { body: { query: ["Hello Hi"], prompts: ["Hello"], labels: [] } },
  setArenaSettings: { body: { on: false, modelIds: [] } },
  beginBattle: { body: { idempotencyKey: randomUUID(), text: "Hello" } },
  addTurn: { body: { number: 2, text: "And then?" } },
  takeTurnBack: { body: { number: 2 } },
  voteInBattle: { body: { choice: "tie" } },
  endBattle: { body: { how: "abandoned" } },
  createSchedule: { body: { preset: "preference", trigger: { kind: "judgements", every: 100 } } },
};

export interface SampleRequest {
  method: Route["method"];
  url: string;
  headers: Record<string, string>;
  payload?: string;
}

/** A request that the route's own validation accepts, about the thing with this id. */
export function sampleRequest(name: RouteName, route: Route, id: string = randomUUID()): SampleRequest {
  const { body, query = "" } = samples[name] ?? {};
  const path = route.path.replace(":id", id).replace(":token", "x".repeat(43)).replace(":language", "zh");
  const named = path.replace(":name", "judgements.parquet").replace(":pass", "x".repeat(90));
  const url = named.replace(/:\w+Id\b/, randomUUID()) + query;
  const [streamed] = route.stream ?? [];
  if (streamed) return { method: route.method, url, headers: { "content-type": streamed }, payload: "{}\n" };
  if (body === undefined) return { method: route.method, url, headers: {} };
  const headers = { "content-type": "application/json" };
  return { method: route.method, url, headers, payload: JSON.stringify(body) };
}
