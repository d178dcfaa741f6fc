"use client";
import { useQuery } from "@tanstack/react-query";
import { ItemOrigin, Split, StandingSlice } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { classNames } from "../../components/class-names.ts";
import { useFormats } from "../../components/use-formats.ts";
import { Choice, Day } from "../browse/filter-choice.tsx";
import { dayOf, momentOf } from "../browse/item-filter.ts";
import { narrowedBy, type StandingFilter, standingHref } from "./standing-filter.ts";
import { standingChoicesQuery } from "./standing-queries.ts";

interface StandingFiltersProps {
  readonly projectId: string;
  readonly filter: StandingFilter;
}

/** What the standing is of and how it is counted. Each change is an address of its own, so that Back undoes it. */
export function StandingFilters({ projectId, filter }: StandingFiltersProps): ReactNode {
  const t = useTranslations("standing");
  const words = useTranslations("browse");
  const router = useRouter();
  const [shown, setShown] = useState(false);
  const change = (changed: StandingFilter): void => router.push(standingHref(projectId, { ...filter, ...changed }));
  const narrowed = narrowedBy(filter);
  return (
    <div className="mb-6 grid gap-3">
      <div className="flex flex-wrap items-end gap-2">
        <div className="w-56 max-w-full">
          <Choice
            label={t("filter.by")}
            value={filter.by}
            none={t("filter.together")}
            options={StandingSlice.options.map((one) => [one, t(`by.${one}`)])}
            onChange={(by) => change({ by })}
          />
        </div>
        <div className="w-56 max-w-full">
          <Choice
            label={t("filter.ties")}
            value={filter.ties === "half" ? "half" : undefined}
            none={t("ties.davidson")}
            options={[["half", t("ties.half")]]}
            onChange={(ties) => change({ ties })}
          />
        </div>
        <Button aria-expanded={shown} onClick={() => setShown(!shown)}>
          {words("filters")}
          {narrowed > 0 ? ` (${narrowed})` : null}
        </Button>
        {Object.keys(filter).length > 0 ? (
          <Button variant="ghost" onClick={() => router.push(standingHref(projectId))}>
            {words("clear")}
          </Button>
        ) : null}
      </div>
      <div className={classNames("grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-2", !shown && "hidden")}>
        <Filters projectId={projectId} filter={filter} change={change} />
      </div>
    </div>
  );
}

interface FiltersProps extends StandingFiltersProps {
  readonly change: (changed: StandingFilter) => void;
}

function Filters({ projectId, filter, change }: FiltersProps): ReactNode {
  const t = useTranslations("standing.filter");
  const words = useTranslations("browse");
  const formats = useFormats();
  const { data: choices } = useQuery(standingChoicesQuery(projectId));
  const questions = choices?.questions ?? [];
  const asked = questions.filter(({ question }) => filter.question === undefined || question === filter.question);
  return (
    <>
      <Choice
        label={words("filter.question")}
        value={filter.question}
        options={questions.map(({ question }) => itself(question))}
        onChange={(question) => change({ question, asked: "" })}
      />
      <Choice
        label={t("asked")}
        value={filter.asked}
        options={[...new Set(asked.flatMap((one) => one.asked))].map(itself)}
        onChange={(one) => change({ asked: one })}
      />
      <Choice
        label={words("filter.language")}
        value={filter.language}
        options={(choices?.languages ?? []).map(itself)}
        onChange={(language) => change({ language })}
      />
      <Choice
        label={words("filter.origin")}
        value={filter.origin}
        options={ItemOrigin.options.map((one) => [one, words(`origins.${one}`)])}
        onChange={(origin) => change({ origin })}
      />
      <Choice
        label={words("filter.import")}
        value={filter.import}
        options={(choices?.imports ?? []).map(({ id, fileName, createdAt }) => [
          id,
          `${fileName ?? words("history.unnamed")}, ${formats.dateTime(createdAt)}`,
        ])}
        onChange={(one) => change({ import: one })}
      />
      <Choice
        label={words("filter.split")}
        value={filter.split}
        options={Split.options.map((one) => [one, words(`splits.${one}`)])}
        onChange={(split) => change({ split })}
      />
      <Choice
        label={t("batch")}
        value={filter.batch}
        options={(choices?.batches ?? []).map((one) => itself(String(one)))}
        onChange={(batch) => change({ batch })}
      />
      <Choice
        label={t("group")}
        value={filter.group}
        options={(choices?.groups ?? []).map(itself)}
        onChange={(group) => change({ group })}
      />
      <Choice
        label={t("simulated")}
        value={filter.includeSimulated === "true" ? "true" : undefined}
        none={t("withoutSimulated")}
        options={[["true", t("withSimulated")]]}
        onChange={(includeSimulated) => change({ includeSimulated })}
      />
      <Day
        label={words("filter.from")}
        value={dayOf(filter.from)}
        onChange={(day) => change({ from: momentOf(day) ?? "" })}
      />
      <Day
        label={words("filter.to")}
        value={dayOf(filter.to, 1)}
        onChange={(day) => change({ to: momentOf(day, 1) ?? "" })}
      />
    </>
  );
}

const itself = (name: string): [string, string] => [name, name];
