import { describe, expect, it } from "vitest";
import { projectSourceOf, refusedWhenArchived } from "./project-of.ts";
import type { Route } from "./route.ts";
import { type RouteName, routes } from "./table.ts";

const writing = Object.entries<Route>(routes)
  .map(([name, route]) => ({ name, route }))
  .filter(({ route }) => route.method !== "GET");

/** These change accounts, tokens and members, or make a project. Everything else that writes has a project. */
const withoutProject: ReadonlySet<string> = new Set<RouteName>([
  "signIn",
  "switchWorkspace",
  "signOut",
  "changeAccount",
  "changePassword",
  "changeMember",
  "eraseMember",
  "createApiToken",
  "revokeApiToken",
  "createProject",
  "createProjectOfFile",
  "bringArchive",
  "createArchiveUpload",
  "bringUploadedArchive",
  "cancelBroughtArchive",
  "comeBack",
  "readNotices",
  "createSocketTicket",
  "createEndpoint",
  "changeEndpoint",
  "deleteEndpoint",
  "testEndpoint",
  "streamEndpointAnswer",
  // Whoever talks to a model has its workspace, and no project.
  "completeChat",
  "scoreRemotely",
]);

describe("every route that writes", () => {
  it.each(writing)("$name says in which project, or has none by name", ({ name, route }) => {
    // A route that fails here is new: name its noun in project-of.ts, or say in the table where its project stands.
    expect(projectSourceOf(route) === undefined).toBe(withoutProject.has(name));
  });

  it.each(writing)("$name finds the project in a field that it has", ({ route }) => {
    const source = projectSourceOf(route);
    if (source?.in === "params") expect(Object.keys(route.params?.shape ?? {})).toContain(source.field);
    if (source?.in === "body")
      expect(JSON.stringify(route.body?.toJSONSchema({ io: "input" }))).toContain(source.field);
  });

  it("is refused in an archived project, but those that only end what is under way or given out", () => {
    const allowed = writing.filter(({ route }) => projectSourceOf(route) && !refusedWhenArchived(route));
    expect(allowed.map(({ name }) => name).sort()).toEqual([
      "askLabelSetFile",
      "cancelImportJob",
      "cancelRun",
      "changeRetention",
      "copyProject",
      "deleteArchive",
      "deleteLabelSetFile",
      "deleteProject",
      "deleteSchedule",
      "deleteWebhook",
      "endBattle",
      "makeArchive",
      "releaseLease",
      "removeSpooled",
      "revokeLink",
      "scoreAnswers",
      "signLabelSetFile",
      "streamAnswer",
    ]);
    const reading = Object.entries<Route>(routes).filter(
      ([, route]) => route.method === "GET" && refusedWhenArchived(route),
    );
    expect(reading.map(([name]) => name)).toEqual(["getJoin"]);
    const restoring = writing.filter(({ route }) => route.whenArchived === "restores");
    expect(restoring.map(({ name }) => name)).toEqual(["changeProject"]);
  });
});
