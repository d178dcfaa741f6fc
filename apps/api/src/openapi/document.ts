import {
  Problem,
  type ProblemCode,
  type Route,
  refusedWhenArchived,
  routes,
  SocketEvent,
  SocketRequest,
} from "@touchstone/contracts";
import { z } from "zod";
import { commonProblems } from "../routes/implement.ts";
import { type Json, SchemaCollector } from "./schemas.ts";

/** The API described from the route table and the schemas that validate it: it cannot say anything else than the API does. */
export function openApiDocument(): Json {
  const schemas = new SchemaCollector();
  const paths: Record<string, Json> = {};
  for (const [name, route] of Object.entries<Route>(routes)) {
    const path = route.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route, schemas) };
  }
  schemas.schemaOf(Problem, "output");
  return {
    openapi: "3.1.0",
    info: {
      title: "Touchstone",
      version: "1",
      description:
        "Every answer with a 4xx or 5xx status is application/problem+json; its `code` is stable. Browsers sign in with " +
        "POST /api/session and send its `csrfToken` in the header x-csrf-token with every change; programs send an API token.",
    },
    paths,
    components: {
      schemas: schemas.named(),
      responses: {
        Problem: {
          description: "One of the operation's x-problem-codes; the code decides the status.",
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      },
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "touchstone", description: "__Host-touchstone under https." },
        token: { type: "http", scheme: "bearer", description: "An API token, ts_…" },
        ticket: { type: "apiKey", in: "query", name: "ticket", description: "Of POST /api/socket-tickets, used once." },
      },
    },
  };
}

function operation(name: string, route: Route, schemas: SchemaCollector): Json {
  const body = requestBody(route, schemas);
  return {
    operationId: name,
    summary: route.summary,
    ...(route.access === "public" ? { security: [] } : { security: credentials(route), "x-roles": route.access }),
    parameters: [...parameters(route.params, "path", schemas), ...parameters(route.query, "query", schemas)],
    ...(body ? { requestBody: { required: true, content: body } } : {}),
    "x-problem-codes": refusals(route),
    responses: { [route.status]: success(route, schemas), default: { $ref: "#/components/responses/Problem" } },
  };
}

function credentials({ socket }: Route): Json[] {
  const own: Json[] = [{ session: [] }, { token: [] }];
  return socket ? [...own, { ticket: [] }] : own;
}

function requestBody(route: Route, schemas: SchemaCollector): Json | undefined {
  if (route.body) return { "application/json": { schema: schemas.schemaOf(route.body, "input") } };
  if (!route.stream) return undefined;
  return Object.fromEntries(route.stream.map((type) => [type, { schema: { type: "string", format: "binary" } }]));
}

function success(route: Route, schemas: SchemaCollector): Json {
  if (route.response) {
    return {
      description: "OK",
      content: { "application/json": { schema: schemas.schemaOf(route.response, "output") } },
    };
  }
  if (route.socket) return socketMessages(schemas);
  if (!route.produces) return { description: "Done" };
  const types = [route.produces, ...(route.alsoProduces ?? [])];
  return { description: "OK", content: Object.fromEntries(types.map((type) => [type, { schema: downloadOf(type) }])) };
}

/** A file is a text to whoever reads the document; of JSON it may be anything. */
const downloadOf = (type: string): Json => (type === "application/json" ? {} : { type: "string" });

/** OpenAPI has no words for what follows a change of protocol. */
function socketMessages(schemas: SchemaCollector): Json {
  return {
    description: "The protocol changes to WebSocket; every message is JSON.",
    "x-messages": { client: schemas.schemaOf(SocketRequest, "input"), server: schemas.schemaOf(SocketEvent, "output") },
  };
}

/** What an endpoint may refuse with, most general first. */
function refusals(route: Route): ProblemCode[] {
  const denials: ProblemCode[] =
    route.access === "public" ? [] : ["unauthenticated", "account_disabled", "forbidden", "csrf_failed"];
  const archived: ProblemCode[] = refusedWhenArchived(route) ? ["project_archived"] : [];
  return [...new Set<ProblemCode>([...commonProblems, ...denials, ...archived, ...(route.problems ?? [])])];
}

function parameters(schema: z.ZodObject | undefined, where: "path" | "query", schemas: SchemaCollector): Json[] {
  if (!schema) return [];
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    in: where,
    required: where === "path" || !z.safeParse(field, undefined).success,
    schema: schemas.schemaOf(z.instanceof(z.ZodType).parse(field), "input"),
  }));
}
