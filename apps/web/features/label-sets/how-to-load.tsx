"use client";
import type { LabelSetDetails } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { fileHref } from "./file-name-of.ts";
import { type LoadingSnippet, loadingSnippets } from "./loading-snippets.ts";

interface HowToLoadProps {
  readonly set: LabelSetDetails;
  readonly name: string;
}

/** What to paste where the file is to be read, by the address of this set or of the project's latest. */
export function HowToLoad({ set, name }: HowToLoadProps): ReactNode {
  const t = useTranslations("labelSets.load");
  const [byLatest, setByLatest] = useState(false);
  const path =
    set.latest && byLatest ? `/api/projects/${set.project.id}/label-sets/latest/files/${name}` : fileHref(set.id, name);
  return (
    <details>
      <summary className="cursor-pointer py-1.5 font-medium">{t("title")}</summary>
      <div className="grid grid-cols-1 gap-3 pt-2">
        <p className="max-w-read text-ink-2">
          {t("token")} <TextLink href="/account">{t("account")}</TextLink>
        </p>
        {set.latest ? (
          <Checkbox checked={byLatest} onChange={({ target }) => setByLatest(target.checked)}>
            {t("latest")}
          </Checkbox>
        ) : null}
        {loadingSnippets(window.location.origin, path, name).map((snippet) => (
          <Snippet key={snippet.id} snippet={snippet} />
        ))}
      </div>
    </details>
  );
}

function Snippet({ snippet: { id, text } }: { readonly snippet: LoadingSnippet }): ReactNode {
  const t = useTranslations("labelSets.load");
  const common = useTranslations("common");
  const [copied, setCopied] = useState<string | null>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(text);
    } catch {
      // Without a secure origin browsers refuse the clipboard; the text can be selected.
    }
  };
  return (
    <section aria-label={t(id)} className="grid grid-cols-1 gap-1">
      <div className="flex items-center justify-between gap-2">
        <h3 className="text-sm font-medium">{t(id)}</h3>
        <Button variant="ghost" onClick={() => void copy()}>
          {common(copied === text ? "copied" : "copy")}
        </Button>
      </div>
      <pre className="rounded-md bg-sunken p-3 text-xs whitespace-pre-wrap wrap-anywhere">{text}</pre>
    </section>
  );
}
