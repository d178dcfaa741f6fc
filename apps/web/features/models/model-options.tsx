"use client";
import type { ModelVersionView } from "@touchstone/contracts";
import type { ReactNode } from "react";
import { useFormats } from "../../components/use-formats.ts";
import { useModelName } from "./use-model-name.ts";

/** The models of a select, under the names that people know them by. */
export function ModelOptions({ models }: { readonly models: readonly ModelVersionView[] | undefined }): ReactNode {
  const formats = useFormats();
  const nameOf = useModelName();
  return models?.map((model) => (
    <option key={model.id} value={model.id}>
      {nameOf(model)} · {formats.dateTime(model.createdAt)}
    </option>
  ));
}
