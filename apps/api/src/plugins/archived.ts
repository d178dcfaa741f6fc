import { projectSourceOf, type Route, refused, refusedWhenArchived } from "@touchstone/contracts";
import { isStoredAlready, projectArchived, projectBar } from "@touchstone/persistence";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";

type Refuse = (request: FastifyRequest) => Promise<void>;

const Fields = z.record(z.string(), z.unknown()).catch({});

/**
 * What stands before the handler of a route that names a project: one that is being deleted is not there any more, and an
 * archived one can only be read. Undefined for all other routes. Runs once the request is validated and before an upload is
 * read.
 */
export function refusalOfProject(app: FastifyInstance, route: Route): Refuse | undefined {
  const source = projectSourceOf(route);
  if (!source) return undefined;
  return async (request) => {
    const value = Fields.parse(source.in === "params" ? request.params : request.body)[source.field];
    // A body may leave it out, as that of an invitation does, which leads to no project.
    if (typeof value !== "string") return;
    const project = { handle: source.handle, value };
    const bar = await projectBar(app.databasePool, request.principal?.workspaceId, project);
    if (bar === "deleted") throw refused("projectDeleted");
    if (bar === null || !refusedWhenArchived(route)) return;
    if (route.whenArchived === "restores" && restores(request.body)) return;
    if (!(await repeats(app, route, request))) throw projectArchived();
  };
}

/** A request that brings nothing new is answered as it was before the project was archived. */
async function repeats(app: FastifyInstance, route: Route, { principal, params, body }: FastifyRequest) {
  if (!route.repeats || !principal) return false;
  const who = { workspaceId: principal.workspaceId, memberId: principal.id };
  const fields = { ...Fields.parse(body), ...Fields.parse(params) };
  return isStoredAlready(app.databasePool, who, route.repeats, fields);
}

/** Another state brings the project back, with whatever comes with it; to archive it once more changes nothing. */
function restores(body: unknown): boolean {
  const { state, ...others } = Fields.parse(body);
  if (state === undefined) return false;
  return state !== "archived" || Object.keys(others).length === 0;
}
