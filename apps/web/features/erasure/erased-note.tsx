import type { ErasedSince } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormats } from "../../components/use-formats.ts";

interface ErasedNoteProps {
  readonly of: "labelSet" | "model" | "run" | "evaluation";
  readonly erased: ErasedSince | null;
  /** Of how many a label set was made. */
  readonly made?: number;
}

/** That judgements were erased of what something is made of, and when; nothing where none were. */
export function ErasedNote({ of, erased, made = 0 }: ErasedNoteProps): ReactNode {
  const t = useTranslations("erasure.since");
  const formats = useFormats();
  if (erased === null) return null;
  return (
    <p className="max-w-read text-ink-2">{t(of, { count: erased.judgements, at: formats.date(erased.at), made })}</p>
  );
}
