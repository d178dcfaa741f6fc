"use client";
import { useQuery } from "@tanstack/react-query";
import type { RowLengths as Counted } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, type SubmitEvent, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Field, Input } from "../../components/forms/field.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { useFormats } from "../../components/use-formats.ts";
import type { ChosenExport } from "./asked-export.ts";
import { type MeasuredRows, rowLengthsQuery } from "./export-queries.ts";

interface Props {
  readonly of: MeasuredRows;
  readonly asked: ChosenExport;
  /** Told of each number that is counted by. */
  readonly onCounted?: (tokens: number) => void;
}

/** How many rows are longer than a trainer takes, before it cuts or drops them. It reads all rows, so it is asked for. */
export function RowLengths({ of, asked, onCounted }: Props): ReactNode {
  const t = useTranslations("exports.lengths");
  const [tokens, setTokens] = useState<number | null>(null);
  const count = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    // The browser lets no other number through.
    const given = Number(new FormData(event.currentTarget).get("tokens"));
    setTokens(given);
    onCounted?.(given);
  };
  return (
    <form onSubmit={count} className="grid gap-2">
      <Field label={t("most")} hint={t("hint")}>
        <span className="flex flex-wrap gap-2">
          <Input name="tokens" type="number" min={1} max={10_000_000} required className="w-36" />
          <Button type="submit">{t("count")}</Button>
        </span>
      </Field>
      {tokens === null ? null : <Answer of={of} asked={asked} tokens={tokens} />}
    </form>
  );
}

function Answer({ of, asked, tokens }: Pick<Props, "of" | "asked"> & { readonly tokens: number }): ReactNode {
  const query = useQuery(rowLengthsQuery(of, asked, tokens));
  return <QueryView query={query}>{(lengths) => <Told lengths={lengths} />}</QueryView>;
}

function Told({ lengths }: { readonly lengths: Counted }): ReactNode {
  const t = useTranslations("exports.lengths");
  const splits = useTranslations("browse.splits");
  const formats = useFormats();
  const { tokens, rows, longer, longest, counting } = lengths;
  return (
    <div role="status" className="grid gap-1">
      <p className="font-medium">
        {t("longer", { longer, rows, tokens })} {rows > 0 ? t("longest", { longest }) : null}
      </p>
      {longer > 0 && lengths.splits.length > 1 ? (
        <p className="text-ink-2">
          {formats.list(lengths.splits.map((one) => t("inSplit", { ...one, split: splits(one.split) })))}
        </p>
      ) : null}
      <p className="text-xs text-ink-3">{t("estimate", { bytes: counting.bytesPerToken })}</p>
    </div>
  );
}
