import type { Role, RouteName, SocketTopic } from "@touchstone/contracts";

const everyone: readonly Role[] = ["admin", "researcher", "reviewer", "annotator"];
const staff: readonly Role[] = ["admin", "researcher", "reviewer"];
const builders: readonly Role[] = ["admin", "researcher"];
const admins: readonly Role[] = ["admin"];

/** Who may call what, said a second time and by hand: a route that is opened to others by a slip differs from it. */
export const whoMay = {
  live: "public",
  ready: "public",
  metrics: "public",
  openApi: "public",
  signIn: "public",
  getJoin: "public",
  join: "public",
  createSocketTicket: everyone,
  openSocket: everyone,
  getSession: everyone,
  signOut: everyone,
  switchWorkspace: everyone,
  changeAccount: everyone,
  changePassword: everyone,
  joinSignedIn: everyone,
  listApiTokens: everyone,
  createApiToken: everyone,
  revokeApiToken: everyone,
  listWork: everyone,
  getGuideline: everyone,
  claimTasks: everyone,
  heartbeat: everyone,
  releaseLease: everyone,
  skipTask: everyone,
  undoSkip: everyone,
  submitJudgement: everyone,
  undoJudgement: everyone,
  listProjects: staff,
  getProject: staff,
  listGuidelines: staff,
  getProjectFigures: staff,
  listJudgements: staff,
  getJudgement: staff,
  listRemarks: staff,
  getSkip: staff,
  listRuns: staff,
  getRun: staff,
  getRunMetrics: staff,
  getLabelFit: staff,
  listModels: staff,
  getModelLineage: staff,
  listLabelSetJudgements: staff,
  listEvaluations: staff,
  getEvaluation: staff,
  listEvaluationPairs: staff,
  getEvaluationPrompts: staff,
  listSchedules: staff,
  listImports: builders,
  makeReceipt: builders,
  importRows: builders,
  openImport: builders,
  undoImport: builders,
  exportRows: builders,
  countExports: builders,
  sampleExport: builders,
  launchRun: builders,
  launchRound: builders,
  cancelRun: builders,
  createEvaluation: builders,
  createSchedule: builders,
  deleteSchedule: builders,
  listMembers: admins,
  changeMember: admins,
  listLinks: admins,
  createLink: admins,
  revokeLink: admins,
  listAuditEvents: admins,
  createProject: admins,
  changeProject: admins,
  previewOverlap: admins,
  simulate: admins,
} satisfies Record<RouteName, readonly Role[] | "public">;

/** Who may watch what by a socket, said a second time as well. */
export const whoMayWatch = { project: staff, run: staff } satisfies Record<SocketTopic, readonly Role[]>;

/** What no token may do, whatever its scope, with the body of `sampleRequest`: it would outlive the token. */
export const signedInOnly: readonly RouteName[] = [
  ...(["listApiTokens", "createApiToken", "revokeApiToken", "createLink", "changeMember", "switchWorkspace"] as const),
];
