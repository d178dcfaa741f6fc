"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ImportListItem } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { importsQuery } from "../imports/import-queries.ts";
import { isUndoable } from "../imports/import-standing.ts";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { useHasRole } from "../session/signed-in.tsx";

/** Says which tasks are a template's examples, for as long as there are any, and takes them away with one press. */
export function ExampleNote({ projectId }: { readonly projectId: string }): ReactNode {
  const builds = useHasRole("admin", "researcher");
  const imports = useQuery({ ...importsQuery(projectId), enabled: builds }).data?.items ?? [];
  const examples = imports.find(({ template }) => template);
  if (!examples) return null;
  return (
    <UnlessArchived projectId={projectId} quiet>
      <Examples projectId={projectId} examples={examples} />
    </UnlessArchived>
  );
}

function Examples({
  projectId,
  examples,
}: {
  readonly projectId: string;
  readonly examples: ImportListItem;
}): ReactNode {
  const t = useTranslations("projects.examples");
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.undoImport({ params: { id: examples.id } }),
    onSettled: () => client.invalidateQueries({ queryKey: ["project", projectId] }),
  });
  return (
    <section
      aria-label={t("label")}
      className="grid gap-2 rounded-lg border border-line border-dashed bg-surface px-4 py-3"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p className="max-w-read text-ink-2">{t("text", { count: examples.tasks })}</p>
        {isUndoable(examples) ? (
          <Button pending={remove.isPending} onClick={() => remove.mutate()}>
            {t("remove")}
          </Button>
        ) : (
          // A judgement is never thrown away with its task by one press.
          <p className="text-xs text-ink-3">
            {t("judged")} <TextLink href={`/projects/${projectId}/import`}>{t("look")}</TextLink>
          </p>
        )}
      </div>
      {remove.error ? <ProblemNotice error={remove.error} /> : null}
    </section>
  );
}
