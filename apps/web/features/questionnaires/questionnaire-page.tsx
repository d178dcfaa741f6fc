"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, Suspense, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { EmptyState } from "../../components/empty-state.tsx";
import { lazyPart } from "../../components/lazy-part.ts";
import { Loading } from "../../components/loading.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import type { Trial } from "./preview/preview.tsx";
import { QuestionnaireEditor } from "./questionnaire-editor.tsx";
import { questionnairesQuery } from "./questionnaire-queries.ts";
import { type StartWish, startOf } from "./start-of.ts";

/** The whole workbench comes with it, which who only writes does without. */
const Preview = lazyPart(() => import("./preview/preview.tsx").then((file) => file.Preview));

interface QuestionnairePageProps extends StartWish {
  readonly projectId: string;
}

/** Where a questionnaire is made, or a new version of one. The form keeps its place while the desk is tried. */
export function QuestionnairePage({ projectId, of, like }: QuestionnairePageProps): ReactNode {
  const t = useTranslations("questionnaires");
  const admin = useHasRole("admin");
  const questionnaires = useQuery(questionnairesQuery(projectId));
  const [trial, setTrial] = useState<Trial | null>(null);
  const left = useRef<{ focus: Element | null; top: number }>({ focus: null, top: 0 });
  const open = (wanted: Trial): void => {
    left.current = { focus: document.activeElement, top: window.scrollY };
    setTrial(wanted);
  };
  const close = (): void => {
    flushSync(() => setTrial(null));
    const { focus, top } = left.current;
    if (focus instanceof HTMLElement) focus.focus({ preventScroll: true });
    window.scrollTo({ top, behavior: "instant" });
  };
  const crumb = { label: t("title"), href: `/projects/${projectId}/questions` };
  return (
    <>
      <div hidden={trial !== null}>
        <ProjectFrame id={projectId} crumb={crumb}>
          {({ guideline }) =>
            admin ? (
              <UnlessArchived projectId={projectId}>
                <QueryView query={questionnaires}>
                  {({ items }) => {
                    const start = startOf({ of, like }, items);
                    return start ? (
                      <QuestionnaireEditor
                        projectId={projectId}
                        start={start}
                        newest={items.find(({ name }) => name === of)?.version ?? 0}
                        onTry={(questions) => open({ questions, guidelineVersion: guideline.version })}
                      />
                    ) : (
                      <EmptyState title={t("gone.title")}>{t("gone.body")}</EmptyState>
                    );
                  }}
                </QueryView>
              </UnlessArchived>
            ) : (
              <EmptyState title={t("refused.title")}>{t("refused.body")}</EmptyState>
            )
          }
        </ProjectFrame>
      </div>
      {trial ? (
        <Suspense fallback={<Loading />}>
          <Preview projectId={projectId} trial={trial} onClose={close} />
        </Suspense>
      ) : null}
    </>
  );
}
