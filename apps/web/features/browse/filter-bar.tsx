"use client";
import { useQuery } from "@tanstack/react-query";
import { ItemAgreement, ItemFilter, ItemOrigin, ItemPreferred, Split, TaskState } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { classNames } from "../../components/class-names.ts";
import { Input } from "../../components/forms/field.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { itemChoicesQuery } from "./browse-queries.ts";
import { Choice, Day } from "./filter-choice.tsx";
import { askedOfTwo, dayOf, itemsHref, momentOf, narrowedBy } from "./item-filter.ts";

interface FilterBarProps {
  readonly projectId: string;
  readonly filter: ItemFilter;
}

/** The search and its filters. Each change is an address of its own, so that Back undoes it and a link shares it. */
export function FilterBar({ projectId, filter }: FilterBarProps): ReactNode {
  const t = useTranslations("browse");
  const router = useRouter();
  const [shown, setShown] = useState(false);
  const narrowed = narrowedBy(filter);
  const change = (changed: ItemFilter): void => {
    const next = Object.entries({ ...filter, ...changed }).filter(([, value]) => value !== undefined && value !== "");
    router.push(itemsHref(projectId, askedOfTwo(Object.fromEntries(next))));
  };
  const search = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get("q");
    change({ q: ItemFilter.shape.q.safeParse(String(typed ?? "").trim()).data });
  };
  return (
    <div className="mb-4 grid gap-2">
      <search>
        <form onSubmit={search} className="flex flex-wrap items-start gap-2">
          <div className="grid min-w-0 flex-1 gap-1 max-md:basis-full">
            <Input
              type="search"
              name="q"
              maxLength={500}
              defaultValue={filter.q ?? ""}
              data-item-search
              aria-label={t("search")}
              aria-describedby="search-how"
              placeholder={t("search")}
            />
            <p id="search-how" className="text-xs text-ink-3 max-md:hidden">
              {t("how")}
            </p>
          </div>
          <Button className="md:hidden" aria-expanded={shown} onClick={() => setShown(!shown)}>
            {t("filters")}
            {narrowed > 0 ? ` (${narrowed})` : null}
          </Button>
          {narrowed > 0 || filter.q !== undefined ? (
            <Button variant="ghost" onClick={() => router.push(itemsHref(projectId))}>
              {t("clear")}
            </Button>
          ) : null}
        </form>
      </search>
      <div
        className={classNames(
          "grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-2",
          shown ? undefined : "max-md:hidden",
        )}
      >
        <Filters projectId={projectId} filter={filter} change={change} />
      </div>
    </div>
  );
}

interface FiltersProps extends FilterBarProps {
  readonly change: (changed: ItemFilter) => void;
}

function Filters({ projectId, filter, change }: FiltersProps): ReactNode {
  const t = useTranslations("browse");
  const formats = useFormats();
  const { data: choices } = useQuery(itemChoicesQuery(projectId));
  const { shape } = ItemFilter;
  const models = (choices?.models ?? []).map(({ value, name }): [string, string] => [value, name]);
  const nameOf = (model: string | undefined) => models.find(([value]) => value === model)?.[1] ?? model ?? "";
  return (
    <>
      <Choice
        label={t("filter.question")}
        value={filter.question}
        options={(choices?.questions ?? []).map(itself)}
        onChange={(value) => change({ question: shape.question.safeParse(value).data })}
      />
      <Choice
        label={t("filter.person")}
        value={filter.person}
        options={(choices?.people ?? []).map(({ id, name }) => [id, name])}
        onChange={(value) => change({ person: shape.person.safeParse(value).data })}
      />
      <Choice
        label={t("filter.agreement")}
        value={filter.agreement}
        options={ItemAgreement.options.map((one) => [one, t(`agreements.${one}`)])}
        onChange={(value) => change({ agreement: shape.agreement.safeParse(value).data })}
      />
      <Choice
        label={t("filter.flagged")}
        value={filter.flagged}
        options={[["true", t("filter.flagged")]]}
        onChange={(value) => change({ flagged: shape.flagged.safeParse(value).data })}
      />
      <Choice
        label={t("filter.pace")}
        value={filter.fasterThanReading}
        options={[["true", t("filter.fasterThanReading")]]}
        onChange={(value) => change({ fasterThanReading: shape.fasterThanReading.safeParse(value).data })}
      />
      <Choice
        label={t("filter.sensitive")}
        value={filter.sensitive}
        options={[["true", t("filter.sensitive")]]}
        onChange={(value) => change({ sensitive: shape.sensitive.safeParse(value).data })}
      />
      <Choice
        label={t("filter.state")}
        value={filter.state}
        options={TaskState.options.map((one) => [one, t(`states.${one}`)])}
        onChange={(value) => change({ state: shape.state.safeParse(value).data })}
      />
      <Choice
        label={t("filter.origin")}
        value={filter.origin}
        options={ItemOrigin.options.map((one) => [one, t(`origins.${one}`)])}
        onChange={(value) => change({ origin: shape.origin.safeParse(value).data })}
      />
      <Choice
        label={t("filter.import")}
        value={filter.import}
        options={(choices?.imports ?? []).map(({ id, fileName, createdAt }) => [
          id,
          `${fileName ?? t("history.unnamed")}, ${formats.dateTime(createdAt)}`,
        ])}
        onChange={(value) => change({ import: shape.import.safeParse(value).data })}
      />
      <Choice
        label={t("filter.model")}
        value={filter.model}
        options={models}
        onChange={(value) => change({ model: shape.model.safeParse(value).data })}
      />
      {models.length > 1 || filter.against !== undefined ? (
        <Choice
          label={t("filter.against")}
          value={filter.against}
          options={models.filter(([value]) => value !== filter.model)}
          onChange={(value) => change({ against: shape.against.safeParse(value).data })}
        />
      ) : null}
      {filter.model !== undefined && filter.against !== undefined ? (
        <Choice
          label={t("filter.preferred")}
          value={filter.preferred}
          options={ItemPreferred.options.map((one) => [
            one,
            one === "tie" ? t("tied") : nameOf(one === "model" ? filter.model : filter.against),
          ])}
          onChange={(value) => change({ preferred: shape.preferred.safeParse(value).data })}
        />
      ) : null}
      <Choice
        label={t("filter.language")}
        value={filter.language}
        options={(choices?.languages ?? []).map(itself)}
        onChange={(value) => change({ language: shape.language.safeParse(value).data })}
      />
      <Choice
        label={t("filter.split")}
        value={filter.split}
        options={Split.options.map((one) => [one, t(`splits.${one}`)])}
        onChange={(value) => change({ split: shape.split.safeParse(value).data })}
      />
      <Day label={t("filter.from")} value={dayOf(filter.from)} onChange={(day) => change({ from: momentOf(day) })} />
      <Day label={t("filter.to")} value={dayOf(filter.to, 1)} onChange={(day) => change({ to: momentOf(day, 1) })} />
    </>
  );
}

const itself = (name: string): [string, string] => [name, name];
