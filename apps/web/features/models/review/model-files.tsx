"use client";
import type { ModelReviewView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormats } from "../../../components/use-formats.ts";
import { useHasRole } from "../../session/signed-in.tsx";

/** Downloads: weights as safetensors with what a loader needs beside them. */
export function ModelFiles({ review: { model, files } }: { readonly review: ModelReviewView }): ReactNode {
  const t = useTranslations("models.files");
  const formats = useFormats();
  const builds = useHasRole("admin", "researcher");
  if (files.length === 0) return <p className="text-ink-3">{t("none")}</p>;
  return (
    <ul className="grid gap-1">
      {files.map(({ name, bytes }) => (
        <li key={name} className="flex items-baseline justify-between gap-4 border-b border-line py-1 last:border-b-0">
          {builds ? (
            <a
              className="font-mono text-xs underline decoration-line-strong underline-offset-2"
              href={`/api/models/${model.id}/files/${encodeURIComponent(name)}`}
              download={name}
            >
              {name}
            </a>
          ) : (
            <span className="font-mono text-xs">{name}</span>
          )}
          <span className="text-ink-3 tabular-nums">{formats.bytes(bytes)}</span>
        </li>
      ))}
    </ul>
  );
}
