"use client";
import type { LabelSetDetails } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TextLink } from "../../components/text-link.tsx";
import { useSetFacts } from "./use-set-facts.ts";

/** What is in a set and what was made of it, a line each. */
export function SetFacts({ set }: { readonly set: LabelSetDetails }): ReactNode {
  const t = useTranslations("labelSets");
  const facts = useSetFacts(set);
  return (
    <dl className="divide-y divide-line text-sm">
      {facts.map(({ id, said, links }) => (
        <div key={id} className="grid gap-x-6 py-2 first:pt-0 last:pb-0 md:grid-cols-[14rem_1fr]">
          <dt className="text-ink-2">{t(`facts.${id}`)}</dt>
          <dd className="flex min-w-0 flex-wrap gap-x-4 tabular-nums [overflow-wrap:anywhere]">
            {said === "" ? null : <span>{said}</span>}
            {links.map(({ href, label }) => (
              <TextLink key={href} href={href}>
                {label}
              </TextLink>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
