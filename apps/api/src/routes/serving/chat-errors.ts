import { type ChatError, DomainError, type Problem, problems } from "@touchstone/contracts";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { problemOf, toDomainError } from "../../plugins/problem-of.ts";

/** Seconds after which whoever found no room or nobody there may come again. */
const retryAfterSeconds = { 429: 2, 503: 5 } as const;

/** Ours in OpenAI's words, by which its clients choose what to throw and whether to try again. */
const typesByStatus: Readonly<Record<number, string>> = {
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  429: "rate_limit_error",
};
const codesByReason: Readonly<Record<string, string>> = {
  servingUnknown: "model_not_found",
  servingTooLong: "context_length_exceeded",
};
const codesByProblem: Readonly<Record<string, string>> = {
  unauthenticated: "invalid_api_key",
  too_many_requests: "rate_limit_exceeded",
};

/** The problem as everywhere, and beside it what a client of OpenAI's reads of it. */
export function chatErrorOf(error: DomainError, requestId: string): Problem & ChatError {
  const problem = problemOf(asTheyKnow(error), requestId);
  const { detail, code, status, issues, path } = problem;
  const type = status >= 500 ? "server_error" : (typesByStatus[status] ?? "invalid_request_error");
  const names = issues?.[0]?.values?.names;
  const param = typeof names === "string" ? names : path;
  return {
    ...problem,
    error: {
      message: detail,
      type,
      param: param === undefined || param === "body" ? null : param,
      code: codesByReason[error.reason ?? ""] ?? codesByProblem[code] ?? error.reason ?? code,
    },
  };
}

/** A wrong value is a 400 there, and no 422. */
function asTheyKnow(error: DomainError): DomainError {
  if (problems[error.code].status !== 422) return error;
  return new DomainError("invalid_request", error.message, { ...error.toData(), code: "invalid_request" });
}

/** Whatever is thrown behind these routes leaves in OpenAI's shape. */
export function answerInChatErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = toDomainError(error);
    if (problems[known.code].status >= 500 && known.reason === undefined)
      request.log.error({ err: error }, "request failed");
    return sendChatError(request, reply, known);
  });
}

/** Answers with the problem that this error is, in OpenAI's shape. */
export function sendChatError(request: FastifyRequest, reply: FastifyReply, error: DomainError): FastifyReply {
  const said = chatErrorOf(error, request.id);
  if (said.status === 429 || said.status === 503) reply.header("retry-after", retryAfterSeconds[said.status]);
  return reply.code(said.status).type("application/problem+json").serializer(JSON.stringify).send(said);
}
