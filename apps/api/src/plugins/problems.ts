import { DomainError, problems } from "@touchstone/contracts";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import fp from "fastify-plugin";
import { sendChatError } from "../routes/serving/chat-errors.ts";
import { problemOf, toDomainError } from "./problem-of.ts";

/** The one error handler: whatever is thrown leaves as problem+json with a stable code, and the text of a 5xx never leaves. */
export const problemAnswers = fp(
  async (app) => {
    app.setErrorHandler((error: FastifyError, request, reply) => {
      const known = toDomainError(error);
      if (problems[known.code].status >= 500) request.log.error({ err: error }, "request failed");
      return sendProblem(request, reply, known);
    });
    app.setNotFoundHandler((request, reply) => {
      const path = pathOf(request);
      const error = new DomainError("not_found", `${request.method} ${path} does not exist.`);
      // A client of OpenAI's that asks for what is not here (embeddings, say) reads nothing else.
      return path.startsWith("/v1/") ? sendChatError(request, reply, error) : sendProblem(request, reply, error);
    });
  },
  { name: "problems" },
);

/** Seconds after which a client may try again, where nothing else is known: Postgres restarts in about this. */
const retryAfterSeconds = 2;

/** Answers with the problem that this error is. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: DomainError): FastifyReply {
  const { status } = problems[error.code];
  if ((status === 429 || status === 503) && !reply.hasHeader("retry-after"))
    reply.header("retry-after", retryAfterSeconds);
  // Serialised here: a problem must be sendable even where a route's own serialiser is what failed.
  return reply
    .code(status)
    .type("application/problem+json")
    .serializer(JSON.stringify)
    .send(problemOf(error, request.id));
}

const pathOf = (request: FastifyRequest) => request.url.split("?", 1)[0] ?? "";
