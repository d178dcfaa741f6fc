"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";

/** What is folded at first: more would push the next step out of sight. */
const longest = 1_200;
const mostLines = 20;

interface FoldedCodeProps {
  readonly title: string;
  /** Shown whole, as it is. */
  readonly text: string;
}

/** A call's arguments or what a tool gave back, under a line that says what it is and how long. */
export function FoldedCode({ title, text }: FoldedCodeProps): ReactNode {
  const t = useTranslations("workbench.tools");
  const [copied, setCopied] = useState(false);
  const isLong = text.length > longest || text.split("\n", mostLines + 1).length > mostLines;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // Without a secure origin browsers refuse the clipboard; the text can still be selected.
    }
  };
  return (
    <details open={!isLong} className="min-w-0 rounded-md border border-line">
      <summary className="min-h-6 cursor-pointer px-2.5 py-1 text-xs text-ink-2 max-md:py-3">
        <span className="font-medium break-all text-ink">{title}</span>{" "}
        <span className="text-ink-3">{t("size", { count: text.length })}</span>
      </summary>
      {text === "" ? null : (
        <div className="grid gap-1 border-t border-line p-2.5">
          <button
            type="button"
            className="min-h-6 justify-self-end text-xs text-accent underline-offset-3 hover:underline max-md:min-h-(--control-touch)"
            onClick={() => void copy()}
          >
            <span role="status">{copied ? t("copied") : t("copy")}</span>
            <span className="sr-only"> {title}</span>
          </button>
          <pre dir="ltr" className="min-w-0 overflow-visible font-mono text-xs break-words whitespace-pre-wrap">
            {text}
          </pre>
        </div>
      )}
    </details>
  );
}
