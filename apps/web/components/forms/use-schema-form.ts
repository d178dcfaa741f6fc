"use client";
import { useMutation } from "@tanstack/react-query";
import { ApiError } from "@touchstone/api-client";
import { useState } from "react";
import type { z } from "zod";
import { type FieldError, fieldErrorsFromApi, fieldErrorsOf } from "./field-errors.ts";
import { useSendOnce } from "./send-once.ts";

export interface SchemaForm {
  /** Checks the values by the schema and sends what it parsed; else the faults stand in `errors`. */
  readonly submit: (values: unknown) => void;
  readonly errors: Readonly<Record<string, FieldError>>;
  /** What the API refused as a whole; faults of single fields are in `errors`. */
  readonly problem: unknown;
  /** The same with the faults of single fields, for a form that has no place for some of them. */
  readonly refusal: unknown;
  readonly pending: boolean;
}

export interface SchemaFormOptions<Schema extends z.ZodType, Result> {
  readonly schema: Schema;
  readonly send: (value: z.output<Schema>) => Promise<Result>;
  readonly onDone: (result: Result) => void;
}

/** A form that uses the very schema by which the API will check the request. */
export function useSchemaForm<Schema extends z.ZodType, Result>(
  options: SchemaFormOptions<Schema, Result>,
): SchemaForm {
  const [errors, setErrors] = useState<Readonly<Record<string, FieldError>>>({});
  const mutation = useMutation({ mutationFn: options.send, onSuccess: options.onDone });
  const sendOnce = useSendOnce();
  const fromApi = mutation.error instanceof ApiError ? fieldErrorsFromApi(mutation.error.issues) : {};
  return {
    submit(values) {
      const parsed = options.schema.safeParse(values, { reportInput: true });
      setErrors(parsed.success ? {} : fieldErrorsOf(parsed.error));
      if (parsed.success) sendOnce(() => mutation.mutateAsync(parsed.data));
      else mutation.reset();
    },
    errors: { ...fromApi, ...errors },
    problem: Object.keys(fromApi).length > 0 ? null : mutation.error,
    refusal: mutation.error,
    pending: mutation.isPending,
  };
}
