import { DomainError, type Route, routes } from "@touchstone/contracts";
import fp from "fastify-plugin";
import { parseJson } from "../validation/json.ts";

/** Judgements, guidelines and consent texts fit in well below this; imports are streamed and limit themselves. */
export const bodyLimit = 1024 * 1024;

/** Which bodies are read, and how: JSON strictly, streams not at all. */
export const bodyParsing = fp(
  async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      "application/json",
      { parseAs: "buffer", bodyLimit },
      async (_request: unknown, body: Buffer) =>
        // A client library that always names its type may send nothing at all.
        body.length === 0 ? undefined : parseJson(body),
    );
    const streams = new Set(Object.values<Route>(routes).flatMap((route) => route.stream ?? []));
    app.addContentTypeParser([...streams], async (_request: unknown, payload: unknown) => payload);
    app.addHook("onRequest", async (request) => {
      const length = Number(request.headers["content-length"] ?? 0);
      const isStream = request.routeOptions.config.route?.stream !== undefined;
      if (request.routeOptions.config.route && !isStream && length > bodyLimit) throw tooLarge();
    });
  },
  { name: "body-parsing" },
);

export function tooLarge(): DomainError {
  return new DomainError("body_too_large", `A body may have at most ${bodyLimit} bytes (1 MiB).`);
}
