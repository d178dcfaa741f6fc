"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { GuidelineToRead } from "@touchstone/contracts";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSendOnce } from "../../components/forms/send-once.ts";
import { useKeys } from "../../components/keyboard/use-keys.ts";
import { QueryView } from "../../components/query-view.tsx";
import { guidelineParts } from "../workbench/text/guideline-parts.ts";
import { GuidelineText } from "../workbench/views/guideline-text.tsx";
import { guidelineToReadQuery } from "./guidance-queries.ts";
import { GuidelineChanges } from "./guideline-changes.tsx";
import { guidelineChanges } from "./read-changes.ts";

interface GuidelineReadingProps {
  readonly projectId: string;
  /** The version in force, as the refused claim named it: another one is another thing to read. */
  readonly version: number;
  readonly onRead: () => void;
}

/** The desk without a task, because a version of the guideline is to be read first. Fetched only then. */
export function GuidelineReading({ projectId, version, onRead }: GuidelineReadingProps): ReactNode {
  const toRead = useQuery(guidelineToReadQuery(projectId, version));
  return (
    <QueryView query={toRead}>
      {(guideline) => <ToRead key={guideline.version} projectId={projectId} guideline={guideline} onRead={onRead} />}
    </QueryView>
  );
}

/** The Enter that answered the task before is not meant for this. */
const notYetMs = 700;

interface ToReadProps extends Pick<GuidelineReadingProps, "projectId" | "onRead"> {
  readonly guideline: GuidelineToRead;
}

function ToRead({ projectId, guideline, onRead }: ToReadProps): ReactNode {
  const t = useTranslations("guidance.reading");
  const locale = useLocale();
  const client = useQueryClient();
  const { version, text, before } = guideline;
  const [shownAt] = useState(() => performance.now());
  const changes = useMemo(
    () => (before?.text == null ? undefined : guidelineChanges(before.text, text, locale)),
    [before, text, locale],
  );
  const read = useMutation({
    mutationFn: () => api.readGuideline({ params: { id: projectId }, body: { version } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["guideline", projectId] });
      onRead();
    },
  });
  const once = useSendOnce();
  const confirm = (): void => once(() => read.mutateAsync());
  const press = (at: number): void => {
    if (at - shownAt > notYetMs) confirm();
  };
  useKeys([{ key: "Enter", label: t("confirm"), run: press }]);
  const whole = <GuidelineText parts={guidelineParts(text, locale)} />;
  return (
    <article className="grid max-w-read gap-4">
      <header className="grid gap-1">
        <h2 className="text-xl">{t("title", { version })}</h2>
        <p className="text-ink-2">{before ? t("again", { before: before.version }) : t("first")}</p>
      </header>
      {changes && changes.length > 0 ? <GuidelineChanges changes={changes} /> : null}
      {changes?.length === 0 ? <p className="text-ink-2">{t("same")}</p> : null}
      {before && !changes ? <p className="text-ink-2">{t("incomparable")}</p> : null}
      {changes ? (
        <details>
          <summary className="min-h-6 w-fit cursor-pointer text-accent max-md:min-h-(--control-touch)">
            {t("whole")}
          </summary>
          <div className="pt-3">{whole}</div>
        </details>
      ) : (
        whole
      )}
      <footer className="sticky bottom-0 grid justify-items-start gap-2 border-t border-line bg-bg py-3">
        <FormProblem problem={read.error} />
        <Button variant="primary" shortcut="Enter" pending={read.isPending} onClick={confirm}>
          {t("confirm")}
        </Button>
      </footer>
    </article>
  );
}
