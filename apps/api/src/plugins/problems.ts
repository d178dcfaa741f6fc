import { STATUS_CODES } from "node:http";
import { DomainError, type Problem, problems, refused } from "@touchstone/contracts";
import { isDatabaseAway, isTimedOut, isUnstorableText } from "@touchstone/persistence";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import fp from "fastify-plugin";
import { tooLarge } from "./body-parsing.ts";

/** The one error handler: whatever is thrown leaves as problem+json with a stable code, and the text of a 5xx never leaves. */
export const problemAnswers = fp(
  async (app) => {
    app.setErrorHandler((error: FastifyError, request, reply) => {
      const known = toDomainError(error);
      if (problems[known.code].status >= 500) request.log.error({ err: error }, "request failed");
      return sendProblem(request, reply, known);
    });
    app.setNotFoundHandler((request, reply) =>
      sendProblem(request, reply, new DomainError("not_found", `${request.method} ${pathOf(request)} does not exist.`)),
    );
  },
  { name: "problems" },
);

/** A failure may come before a change or after it is committed, and this answer can't know which. */
const unknownOutcome =
  "Whether the change was made is not known: look before you try again. The request id names this failure in the logs.";

/** Seconds after which a client may try again: Postgres restarts in about this. */
const retryAfterSeconds = 2;

function sendProblem(request: FastifyRequest, reply: FastifyReply, error: DomainError): FastifyReply {
  const { status, title, retry } = problems[error.code];
  const problem: Problem = {
    type: `urn:touchstone:problem:${error.code}`,
    code: error.code,
    title,
    status,
    // A reason's sentence is one of a table, and of a request that was not begun.
    detail: status >= 500 && error.reason === undefined ? unknownOutcome : error.message,
    requestId: request.id,
    ...(error.path === undefined ? {} : { path: error.path }),
    ...(error.issues === undefined ? {} : { issues: error.issues }),
    ...(error.reason === undefined ? {} : { reason: error.reason }),
    ...(error.values === undefined ? {} : { values: error.values }),
  };
  if (retry && status === 503 && !reply.hasHeader("retry-after")) reply.header("retry-after", retryAfterSeconds);
  // Serialised here: a problem must be sendable even where a route's own serialiser is what failed.
  return reply.code(status).type("application/problem+json").serializer(JSON.stringify).send(problem);
}

function toDomainError(error: FastifyError): DomainError {
  if (error instanceof DomainError) return error;
  if (error.code === "FST_ERR_CTP_BODY_TOO_LARGE") return tooLarge();
  if (error.code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") {
    return new DomainError("unsupported_media_type", "Send application/json.");
  }
  if (isUnstorableText(error)) return new DomainError("unstorable_text", "A text contains NUL or a lone surrogate.");
  if (isTimedOut(error)) return refused("databaseBusy");
  if (isDatabaseAway(error)) return new DomainError("unavailable", error.message);
  const status = error.statusCode ?? 500;
  // The pages' server is away: reply-from's own errors.
  if (status > 500) return new DomainError("unavailable", error.message);
  if (status === 429) return new DomainError("too_many_requests", error.message);
  if (status >= 400 && status < 500) {
    return new DomainError("invalid_request", `The request could not be read (${STATUS_CODES[status] ?? status}).`);
  }
  return new DomainError("internal", error.message);
}

const pathOf = (request: FastifyRequest) => request.url.split("?", 1)[0];
