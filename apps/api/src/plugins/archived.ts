import { projectSourceOf, type Route, refusedWhenArchived } from "@touchstone/contracts";
import { isProjectArchived, isStoredAlready, projectArchived } from "@touchstone/persistence";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";

type Refuse = (request: FastifyRequest) => Promise<void>;

const Fields = z.record(z.string(), z.unknown()).catch({});

/**
 * What stands before the handler of a route that writes into a project: an archived one can only be read. Undefined for
 * all other routes. Runs once the request is validated and before an upload is read.
 */
export function refusalWhenArchived(app: FastifyInstance, route: Route): Refuse | undefined {
  const source = projectSourceOf(route);
  if (!source || !refusedWhenArchived(route) || route.whenArchived === "told") return undefined;
  return async (request) => {
    const value = Fields.parse(source.in === "params" ? request.params : request.body)[source.field];
    // A body may leave it out, as that of an invitation does, which leads to no project.
    if (typeof value !== "string") return;
    if (route.whenArchived === "restores" && restores(request.body)) return;
    const project = { handle: source.handle, value };
    if (!(await isProjectArchived(app.databasePool, request.principal?.workspaceId, project))) return;
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
