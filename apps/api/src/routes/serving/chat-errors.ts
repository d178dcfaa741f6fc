import { type ChatError, type DomainError, problems } from "@touchstone/contracts";
import type { FastifyError, FastifyInstance } from "fastify";
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

/** What a client of OpenAI's reads of an error of ours. */
export function chatErrorOf(error: DomainError, requestId: string): ChatError {
  const { detail, code, status, issues, path } = problemOf(error, requestId);
  const type = status >= 500 ? "server_error" : (typesByStatus[status] ?? "invalid_request_error");
  const names = issues?.[0]?.values?.names;
  const param = typeof names === "string" ? names : path;
  return {
    error: {
      message: detail,
      type,
      param: param === undefined || param === "body" ? null : param,
      code: codesByReason[error.reason ?? ""] ?? codesByProblem[code] ?? error.reason ?? code,
    },
  };
}

/** Whatever is thrown behind these routes leaves in OpenAI's shape. A wrong value is a 400 there, and no 422. */
export function answerInChatErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = toDomainError(error);
    const { status } = problems[known.code];
    if (status >= 500 && known.reason === undefined) request.log.error({ err: error }, "request failed");
    if (status === 429 || status === 503) reply.header("retry-after", retryAfterSeconds[status]);
    return reply
      .code(status === 422 ? 400 : status)
      .type("application/json; charset=utf-8")
      .serializer(JSON.stringify)
      .send(chatErrorOf(known, request.id));
  });
}
