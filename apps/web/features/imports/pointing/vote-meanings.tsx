"use client";
import type { ColumnMapping, ImportReceipt, ReceiptQuery } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Field, Select } from "../../../components/forms/field.tsx";
import { type Meaning, meaningsOf, type VotedColumn, votedColumn, withMeanings } from "./vote-values.ts";

interface Props {
  readonly receipt: ImportReceipt;
  readonly disabled: boolean;
  readonly onRead: (query: ReceiptQuery) => void;
}

/** What each word of the vote column means, to be seen and said. */
export function VoteMeanings({ receipt, disabled, onRead }: Props): ReactNode {
  const voted = votedColumn(receipt);
  if (voted === null || receipt.mapping === null) return null;
  return <Meanings voted={voted} mapping={receipt.mapping} disabled={disabled} onRead={onRead} />;
}

interface MeaningsProps extends Pick<Props, "disabled" | "onRead"> {
  readonly voted: VotedColumn;
  readonly mapping: ColumnMapping;
}

/** The file is read again once every word means something: till then each row with an unknown one would be refused. */
function Meanings({ voted, mapping, disabled, onRead }: MeaningsProps): ReactNode {
  const t = useTranslations("mapping.votes");
  const [said, setSaid] = useState(() => meaningsOf(mapping));
  const { path, values, meanings, ofOne, sides } = voted;
  const unknown = values.filter((value) => !said.has(value)).length;
  const say = (value: string, meaning: Meaning | undefined): void => {
    const others = [...said].filter(([word]) => word !== value);
    const next = new Map<string, Meaning>(meaning === undefined ? others : [...others, [value, meaning]]);
    setSaid(next);
    if (values.some((word) => !next.has(word))) return;
    onRead({ format: "columns", mapping: JSON.stringify(withMeanings(mapping, next)) });
  };
  const nameOf = (meaning: Meaning): string => {
    if (ofOne) return t(meaning === "a" ? "good" : "bad");
    if (meaning === "tie" || meaning === "bothBad") return t(meaning);
    return sides === null ? t(meaning) : t("named", { column: sides[meaning] });
  };
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 font-medium">{t("title", { column: path })}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        {values.map((value) => (
          <Field key={value} label={<bdi className="font-mono text-xs [overflow-wrap:anywhere]">{value}</bdi>}>
            <Select
              value={said.get(value) ?? ""}
              disabled={disabled}
              onChange={(event) =>
                say(
                  value,
                  meanings.find((one) => one === event.target.value),
                )
              }
            >
              <option value="">{t("unknown")}</option>
              {meanings.map((meaning) => (
                <option key={meaning} value={meaning}>
                  {nameOf(meaning)}
                </option>
              ))}
            </Select>
          </Field>
        ))}
      </div>
      <p role="status" className="text-xs text-warn empty:hidden">
        {unknown > 0 ? t("left", { count: unknown }) : null}
      </p>
    </fieldset>
  );
}
