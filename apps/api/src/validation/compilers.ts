import { validationRefusal } from "@touchstone/contracts";
import type { FastifySchemaCompiler, FastifySerializerCompiler } from "fastify";
import type { z } from "zod";

const parts: Readonly<Record<string, string>> = { body: "body", querystring: "query", params: "params" };

/** Fastify validates by the route table's own zod schemas; a refusal is already the error the caller sees. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data: unknown) => {
    const parsed = schema.safeParse(data, { reportInput: true });
    return parsed.success
      ? { value: parsed.data }
      : { error: validationRefusal(parsed.error, parts[httpPart ?? ""] ?? "request") };
  };

/**
 * Answers pass through their schema too, so that a column added to a table never leaks by itself.
 *
 * @throws ZodError when a handler's answer does not fit: a fault of ours, answered as `internal`.
 */
export const serializerCompiler: FastifySerializerCompiler<z.ZodType> =
  ({ schema }) =>
  (data: unknown) =>
    JSON.stringify(schema.parse(data));
