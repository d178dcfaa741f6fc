"use client";
import { useQuery } from "@tanstack/react-query";
import { baseCalled } from "@touchstone/contracts";
import { useState } from "react";
import { z } from "zod";
import { modelsQuery } from "../model-queries.ts";
import type { ModelChoice } from "../use-model-choice.ts";

const Named = z.looseObject({ base_model_name_or_path: z.string().nullish() });
const configName = "adapter_config.json";
/** An adapter's settings take some hundred bytes. */
const mostBytes = 1_000_000;

/** The policy that an adapter is laid on: chosen among those of the workspace, and proposed where its settings name one. */
export function useAdapterBase(): ModelChoice & {
  /** By which the adapter's settings call it, where this page has seen them. */
  readonly called: string | null;
  /** Looks at files that are sent. */
  readonly look: (files: readonly File[]) => void;
} {
  const models = useQuery(modelsQuery("policy"));
  const [chosenId, choose] = useState<string | null>(null);
  const [called, setCalled] = useState<string | null>(null);
  const offered = models.data?.items.filter(({ stage }) => stage !== "archived");
  const proposed = called === null ? undefined : baseCalled(offered ?? [], called);
  return {
    offered,
    chosen: chosenId === null ? proposed : offered?.find(({ id }) => id === chosenId),
    choose,
    failure: models.isError ? { error: models.error, retry: () => void models.refetch() } : null,
    called,
    look: (files) => {
      const config = files.find(({ name, size }) => name === configName && size <= mostBytes);
      // What is wrong with them the run says.
      void config?.text().then(
        (json) => setCalled(baseNameOf(json)),
        () => undefined,
      );
    },
  };
}

function baseNameOf(json: string): string | null {
  try {
    const { data } = Named.safeParse(JSON.parse(json));
    return data?.base_model_name_or_path || null;
  } catch {
    return null;
  }
}
