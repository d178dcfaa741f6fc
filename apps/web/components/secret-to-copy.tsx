"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { Button } from "./button.tsx";

interface SecretToCopyProps {
  /** What it is, for the accessible name of the field. */
  readonly label: string;
  readonly value: string;
  /** What is to be known of it: whether it can be seen again, who may have it. */
  readonly note: string;
}

/** A secret, a token or the link that holds one: in a field that can be read, selected and copied. */
export function SecretToCopy({ label, value, note }: SecretToCopyProps): ReactNode {
  const t = useTranslations("common");
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<string | null>(null);
  const copy = async (): Promise<void> => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(value);
      setCopied(value);
    } catch {
      // Without a secure origin browsers refuse the clipboard; the text is selected, so Ctrl C does it.
    }
  };
  return (
    <section aria-label={label} className="grid gap-2 rounded-lg border border-accent bg-accent-soft p-4">
      <p className="font-medium">{label}</p>
      <div className="flex gap-2">
        <input
          ref={field}
          readOnly
          aria-label={label}
          value={value}
          onFocus={(event) => event.currentTarget.select()}
          className="h-(--control) min-w-0 flex-1 rounded-md border border-line-strong bg-surface px-2.5 font-mono text-xs max-md:h-(--control-touch)"
        />
        <Button onClick={() => void copy()}>{copied === value ? t("copied") : t("copy")}</Button>
      </div>
      <p className="text-xs text-ink-2">{note}</p>
    </section>
  );
}
