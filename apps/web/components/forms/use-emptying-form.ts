"use client";
import { useState } from "react";
import type { z } from "zod";
import { type SchemaForm, type SchemaFormOptions, useSchemaForm } from "./use-schema-form.ts";

interface EmptyingForm extends SchemaForm {
  /** How many were sent: as the form's `key` it has an empty form take the place of a sent one; a refused one stays. */
  readonly sent: number;
}

/** A form for one after another. */
export function useEmptyingForm<Schema extends z.ZodType, Result>(
  options: SchemaFormOptions<Schema, Result>,
): EmptyingForm {
  const [sent, setSent] = useState(0);
  const form = useSchemaForm({
    ...options,
    onDone: (result) => {
      setSent((before) => before + 1);
      options.onDone(result);
    },
  });
  return { ...form, sent };
}
