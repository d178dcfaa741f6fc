import { Problem, problems } from "@touchstone/contracts";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { LightMyRequestResponse } from "fastify";
import { z } from "zod";
import { Schema } from "./fuzz-values.ts";

const Content = z.record(z.string(), z.object({ schema: Schema.optional() }));
const Parameter = z.object({ name: z.string(), in: z.enum(["path", "query"]), required: z.boolean(), schema: Schema });

const Operation = z.object({
  operationId: z.string(),
  parameters: z.array(Parameter),
  requestBody: z.object({ content: Content }).optional(),
  "x-problem-codes": z.array(z.string()),
  responses: z.record(z.string(), z.object({ content: Content.optional() })),
});
const Method = z.enum(["GET", "POST", "PATCH", "PUT", "DELETE"]);
export type Operation = z.infer<typeof Operation> & { method: z.infer<typeof Method>; path: string };

const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), Schema) }),
});

/** The OpenAPI document as a test reads it: what may be sent, and whether an answer is one that it names. */
export function readDocument(json: unknown) {
  const { paths, components } = Document.parse(json);
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]): Operation => ({ ...operation, path, method: Method.parse(method.toUpperCase()) }),
    ),
  );
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  addFormats.default(ajv);
  ajv.addSchema({ ...Object(json), $id: "document" });
  const compiled = new Map<string, ReturnType<typeof ajv.compile>>();

  /** What the document would not have an answer say; undefined where it agrees. */
  function faultOf(operation: Operation, response: LightMyRequestResponse): string | undefined {
    const { statusCode: status, headers } = response;
    const type = String(headers["content-type"] ?? "").split(";")[0] ?? "";
    if (status >= 500 && !isForWantOfAWorker(response)) return `a ${status}: ${response.body.slice(0, 300)}`;
    if (status >= 400) return problemFault(operation, response, type);
    const described = operation.responses[String(status)];
    if (!described) return `status ${status}, which isn't documented`;
    if (!described.content) return response.body === "" ? undefined : "a body where none is documented";
    if (!(type in described.content)) return `content of the type ${type}`;
    if (type !== "application/json") return undefined;
    const validate = validatorOf(operation, String(status), type);
    return validate(response.json()) ? undefined : `an answer off its schema: ${ajv.errorsText(validate.errors)}`;
  }

  function validatorOf({ path, method, operationId }: Operation, status: string, type: string) {
    const steps = ["paths", path, method.toLowerCase(), "responses", status, "content", type, "schema"];
    const pointer = steps.map((step) => step.replaceAll("~", "~0").replaceAll("/", "~1")).map(encodeURIComponent);
    const known = compiled.get(operationId) ?? ajv.compile(refersToDocument(`document#/${pointer.join("/")}`));
    compiled.set(operationId, known);
    return known;
  }

  return { operations, schemas: components.schemas, faultOf };
}

/** These tests start no worker, so that a model that is asked for says that none is there: by name, and documented. */
function isForWantOfAWorker(response: LightMyRequestResponse): boolean {
  const problem = Problem.safeParse(response.json());
  return response.statusCode === 503 && problem.data?.reason === "servingNoWorker";
}

const refersToDocument = ($ref: string) => ({ $ref });

function problemFault(operation: Operation, response: LightMyRequestResponse, type: string): string | undefined {
  if (type !== "application/problem+json") return `status ${response.statusCode} as ${type || "nothing"}`;
  const problem = Problem.safeParse(response.json());
  if (!problem.success) return `a problem off its schema: ${response.body.slice(0, 300)}`;
  const { code, status } = problem.data;
  if (!operation["x-problem-codes"].includes(code))
    return `the code ${code}, which isn't documented: ${problem.data.detail}`;
  const expected = problems[code].status;
  return status === expected && response.statusCode === expected ? undefined : `${code} with ${response.statusCode}`;
}
