"use client";
import type { ImportReceipt, MediaRef } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { keyedBy } from "../../components/keyed-by.ts";

/** The first rows as they would come in: plain, and each text only as long as it needs to be known again. */
export function ReceiptPreview({ rows }: { readonly rows: ImportReceipt["preview"] }): ReactNode {
  const t = useTranslations("imports");
  if (rows.length === 0) return null;
  return (
    <details className="rounded-lg border border-line bg-surface p-3">
      <summary className="font-medium">{t("preview")}</summary>
      <ol className="mt-2 grid gap-3">
        {rows.slice(0, 3).map(({ line, prompt, answers }) => (
          <li key={line} className="border-t border-line pt-2 text-sm first:border-t-0">
            {keyedBy(prompt, ({ role, content }) => `${role} ${content}`).map(
              ({ key, item: { role, content, media } }) => (
                <p key={key} className="line-clamp-3 break-words">
                  <span className="text-xs text-ink-3">{t(`turns.${turnName(role)}`)}</span> {content}{" "}
                  <FileNames media={media} />
                </p>
              ),
            )}
            <ul className="mt-1 grid gap-1 pl-4">
              {keyedBy(answers, ({ text, model }) => `${model} ${text}`).map(
                ({ key, item: { text, model, media } }, place) => (
                  <li key={key} className="line-clamp-2 break-words text-ink-2">
                    <span className="text-xs text-ink-3">
                      {model === null
                        ? t("answerPlace", { place: place + 1 })
                        : t("answerOf", { place: place + 1, model })}
                    </span>{" "}
                    {text ?? (media ? "" : t("withoutText"))} <FileNames media={media} />
                  </li>
                ),
              )}
            </ul>
          </li>
        ))}
      </ol>
    </details>
  );
}

/** By their names: what they show is seen at the desk. */
function FileNames({ media = [] }: { readonly media?: readonly MediaRef[] | undefined }): ReactNode {
  return media.length === 0 ? null : <span className="text-ink-3">[{media.map(({ name }) => name).join(", ")}]</span>;
}

function turnName(role: string): "system" | "user" | "assistant" {
  return role === "system" || role === "assistant" ? role : "user";
}
