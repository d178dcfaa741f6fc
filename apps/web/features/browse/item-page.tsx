"use client";
import { useQuery } from "@tanstack/react-query";
import type { ItemView } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, Suspense, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { useKeys } from "../../components/keyboard/use-keys.ts";
import { keyedBy } from "../../components/keyed-by.ts";
import { Loading } from "../../components/loading.tsx";
import { Moment } from "../../components/moment.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { DeletePromptsDialog } from "../deletions/delete-prompts-dialog.tsx";
import { HiddenTask } from "../judgements/hidden-task.tsx";
import { useHidden } from "../judgements/use-hidden.ts";
import { LeaveOutButton } from "../left-out/leave-out-button.tsx";
import { LeftOutNote } from "../left-out/left-out-note.tsx";
import { PutBackButton } from "../left-out/put-back-button.tsx";
import { ProjectRoomFrame } from "../projects/project-frame.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { ReadingText } from "../workbench/views/reading-text.tsx";
import { ShownMedia } from "../workbench/views/shown-media.tsx";
import { itemQuery } from "./browse-queries.ts";
import { itemsHref } from "./item-filter.ts";
import { ItemHistory } from "./item-history.tsx";
import { stateMarks } from "./item-table.tsx";
import { whereInList } from "./where-in-list.ts";

/** An item with all that has become of it. */
export function ItemPage({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations("browse");
  const item = useQuery(itemQuery(id));
  const projectId = item.data?.projectId;
  return (
    <ProjectRoomFrame
      projectId={projectId}
      room={{ name: "browse", label: t("title") }}
      here={{ label: t("item"), href: `/items/${id}` }}
    >
      {/* Kinds of questions are fetched when they are first shown. */}
      <Suspense fallback={<Loading />}>
        <QueryView query={item}>{(data) => <Item item={data} />}</QueryView>
      </Suspense>
    </ProjectRoomFrame>
  );
}

function Item({ item }: { readonly item: ItemView }): ReactNode {
  const t = useTranslations("browse");
  const formats = useFormats();
  const router = useRouter();
  const back = whereInList.read(item.projectId)?.href ?? itemsHref(item.projectId);
  useKeys([{ key: "Escape", label: t("keys.back"), run: () => router.push(back) }]);
  const { judgements, overlap, agreement, language } = item;
  const { hidden, reveal } = useHidden({ blurred: item.blurred, taskId: item.id });
  return (
    <article className="grid gap-6">
      <PageHead
        title={hidden || item.excerpt === "" ? t("item") : <span dir="auto">{item.excerpt}</span>}
        chip={<Chip state={stateMarks[item.state]}>{t(`states.${item.state}`)}</Chip>}
        actions={<Leaving item={item} onDeleted={() => router.push(back)} />}
      />
      <p className="-mt-8 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-ink-3">
        <TextLink href={back}>{t("keys.back")}</TextLink>
        <span>
          {t("columns.judgements")}: {t("ofOverlap", { judgements, overlap })}
        </span>
        {item.leftOut > 0 ? <span>{t("leftOut", { count: item.leftOut })}</span> : null}
        {agreement === null ? null : (
          <span>
            {t("columns.agreement")}: {formats.share(agreement)}
          </span>
        )}
        {item.sensitive ? <Chip state="attention">{t("sensitive")}</Chip> : null}
        {language ? <span>{language}</span> : null}
        <span>{t(`splits.${item.split}`)}</span>
        <span>{t("history.batch", { batch: item.batch })}</span>
        <span>
          {item.questionnaire.name} v{item.questionnaire.version}
        </span>
        <Moment at={item.createdAt} />
        {item.held > 0 ? <Chip state="running">{t("history.held", { count: item.held })}</Chip> : null}
        <Origin item={item} />
      </p>
      {item.leftOutItem ? <LeftOutNote mark={item.leftOutItem} /> : null}
      {hidden ? <HiddenTask onReveal={reveal} /> : <Shown item={item} />}
    </article>
  );
}

/** What was asked and answered, and what people made of it. */
function Shown({ item }: { readonly item: ItemView }): ReactNode {
  const t = useTranslations("browse");
  const { language } = item;
  return (
    <>
      <section aria-label={t("columns.prompt")} className="grid max-w-read gap-3">
        {keyedBy(item.prompt.messages, ({ role, content }) => `${role} ${content}`).map(({ key, item: turn }) => (
          <div key={key}>
            {turn.content || !turn.media ? <ReadingText text={turn.content} language={language} /> : null}
            <ShownMedia media={turn.media} />
          </div>
        ))}
      </section>
      {item.prompt.sourceText ? (
        <section aria-labelledby="source-text" className="grid max-w-read gap-2">
          <h2 id="source-text">{t("history.source")}</h2>
          <ReadingText text={item.prompt.sourceText} language={null} />
        </section>
      ) : null}
      <Answers item={item} />
      <ItemHistory item={item} />
    </>
  );
}

interface LeavingProps {
  readonly item: ItemView;
  readonly onDeleted: () => void;
}

/** Leaves all judgements of the item out, or puts them back; deletes its prompt for good. */
function Leaving({ item, onDeleted }: LeavingProps): ReactNode {
  const t = useTranslations("deletions");
  const builds = useHasRole("admin", "researcher");
  const admin = useHasRole("admin");
  const [asked, setAsked] = useState(false);
  const selection = { ids: [item.id] };
  if (!builds) return null;
  return (
    <UnlessArchived projectId={item.projectId} quiet>
      {item.leftOutItem ? (
        <PutBackButton projectId={item.projectId} what={{ kind: "item", taskId: item.id }} />
      ) : (
        <LeaveOutButton projectId={item.projectId} what={{ kind: "items", selection }} />
      )}
      {admin ? <Button onClick={() => setAsked(true)}>{t("prompts.action")}</Button> : null}
      {asked ? (
        <DeletePromptsDialog
          projectId={item.projectId}
          selection={selection}
          onClose={() => setAsked(false)}
          onDone={onDeleted}
        />
      ) : null}
    </UnlessArchived>
  );
}

function Origin({ item }: { readonly item: ItemView }): ReactNode {
  const t = useTranslations("browse.history");
  return (
    <>
      {item.import ? <span>{t("import", { name: item.import.fileName ?? t("unnamed") })}</span> : null}
      {item.externalId ? <span>{t("externalId", { id: item.externalId })}</span> : null}
      {item.evaluationId ? <TextLink href={`/evaluations/${item.evaluationId}`}>{t("evaluation")}</TextLink> : null}
    </>
  );
}

function Answers({ item }: { readonly item: ItemView }): ReactNode {
  const t = useTranslations("browse.history");
  const judgements = useTranslations("judgements");
  if (item.completions.length === 0) return null;
  return (
    <section aria-labelledby="answers" className="grid gap-4 border-t border-line pt-6">
      <h2 id="answers">{t("answers")}</h2>
      {item.blind ? <p className="text-ink-2">{t("blind")}</p> : null}
      <div className="grid gap-6 md:grid-cols-2">
        {item.completions.map((completion, place) => (
          <section
            key={completion.id}
            aria-label={t("answer", { number: place + 1 })}
            className="grid min-w-0 content-start gap-2"
          >
            <h3 className="text-xs text-ink-3">{t("answer", { number: place + 1 })}</h3>
            {completion.text === null && !completion.media ? (
              <p className="text-ink-3">{judgements("noText")}</p>
            ) : null}
            {completion.text === null ? null : <ReadingText text={completion.text} language={item.language} />}
            <ShownMedia media={completion.media} />
            {completion.modelVersionId ? (
              <TextLink href={`/models/${completion.modelVersionId}`}>{judgements("fromModel")}</TextLink>
            ) : null}
            {completion.model ? <span className="text-xs text-ink-3">{completion.model}</span> : null}
          </section>
        ))}
      </div>
    </section>
  );
}
