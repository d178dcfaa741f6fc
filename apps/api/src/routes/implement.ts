import type { Readable } from "node:stream";
import { DomainError, type ProblemCode, type Route } from "@touchstone/contracts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { refusalOfProject } from "../plugins/archived.ts";
import { assertMediaType } from "../plugins/media-types.ts";
import { allow, type Principal } from "../plugins/principal.ts";

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** What a handler gets: everything has been validated and the caller may do this. */
export interface Call<R extends Route> {
  params: Parsed<R["params"]>;
  query: Parsed<R["query"]>;
  /** The parsed JSON, or the unread bytes where the route takes a stream. */
  body: R extends { stream: readonly string[] } ? Readable : Parsed<R["body"]>;
  /** Who calls; nobody in particular on a public route. */
  member: R["access"] extends "public" ? undefined : Principal;
  request: FastifyRequest;
  /** For headers and cookies only; the status comes from the table. */
  reply: FastifyReply;
}

/** What a handler answers with: input of the response schema, a stream or text where the route produces a download, or nothing. */
export type Answer<R extends Route> = R extends { response: z.ZodType }
  ? z.input<R["response"]>
  : R extends { produces: string }
    ? Readable | string
    : undefined;

/** What a handler returns that has sent its answer itself. */
export const sent = Symbol("sent");
export type Sent = typeof sent;

/** Nothing may be sent where the table names nothing: an unknown field is an error and never ignored. */
const nothing = z.strictObject({});
const noBody = nothing.nullish();

/** Answers that any route can give; the table adds those of its own. */
export const commonProblems = [
  "malformed_json",
  "invalid_request",
  "invalid_value",
  "unstorable_text",
  "body_too_large",
  "unsupported_media_type",
  "too_many_requests",
  "internal",
  "unavailable",
] as const satisfies readonly ProblemCode[];

/**
 * Gives an endpoint of the route table its handler. Method, path, authorisation, validation and serialisation come
 * from the table alone, so that the API cannot differ from its contract.
 *
 * @example
 * implement(app, routes.getProject, ({ params, member }) => getProject(app.database, member.workspaceId, params.id));
 */
export function implement<const R extends Route>(
  app: FastifyInstance,
  route: R,
  handler: (call: Call<R>) => Promise<Answer<R> | Sent> | Answer<R> | Sent,
): void {
  const refuseProject = refusalOfProject(app, route);
  const tells = route.whenArchived === "told";

  /** Of an archived project that alone is said, whatever else is wrong with the request. */
  async function answerTo(request: FastifyRequest, reply: FastifyReply): Promise<Answer<R> | Sent> {
    try {
      return await handler(validated<R>(request, reply));
    } catch (error) {
      if (tells && error instanceof DomainError) await refuseProject?.(request);
      throw error;
    }
  }

  app.route({
    method: route.method,
    url: route.path,
    config: { route },
    schema: {
      params: route.params ?? nothing,
      querystring: route.query ?? nothing,
      // GET and DELETE carry no body in this API; a stream is the handler's to read.
      ...(route.stream || route.method === "GET" ? {} : { body: route.body ?? noBody }),
      ...(route.response ? { response: { [route.status]: route.response } } : {}),
    },
    // Before the body is read: who may not call cannot make us parse megabytes.
    onRequest: async (request) => {
      request.principal = await allow(request, route.access);
      assertMediaType(request, route);
    },
    ...(refuseProject && !tells ? { preHandler: refuseProject } : {}),
    handler: async (request, reply) => {
      const answer = await answerTo(request, reply);
      if (route.endsAccess) app.accessChanged();
      if (answer === sent) return reply;
      reply.code(route.status);
      // One route may produce several kinds of file; its handler has said which.
      if (route.produces && !reply.hasHeader("content-type")) reply.type(route.produces);
      return reply.send(answer);
    },
  });
}

/**
 * Fastify has put what this route's schemas made of the request in the place of its parts, and `allow` has let nobody
 * through without a principal unless the route is public. TypeScript cannot follow either through a generic route,
 * so this one place says it.
 */
function validated<R extends Route>(request: FastifyRequest, reply: FastifyReply): Call<R> {
  const { params, query, body, principal } = request;
  return { params, query, body, member: principal, request, reply } as Call<R>;
}
