"use client";
import type { ReceiptFindings } from "@touchstone/contracts";
import type { ReactNode } from "react";
import { type ReceiptFact, useReceiptFacts } from "./use-receipt-facts.ts";

/** All that was looked for in the rows, what was not found among it. */
export function ReceiptFacts({ findings }: { readonly findings: ReceiptFindings }): ReactNode {
  const groups = useReceiptFacts(findings);
  return (
    <div className="grid gap-5">
      {groups.map(({ title, facts }) => (
        <section key={title} aria-label={title}>
          <h3 className="border-b border-line pb-1.5 text-xs font-normal text-ink-3">{title}</h3>
          <dl className="divide-y divide-line text-sm">
            {facts.map((fact) => (
              <Fact key={fact.label} fact={fact} />
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

function Fact({ fact: { label, value, where, more } }: { readonly fact: ReceiptFact }): ReactNode {
  return (
    <div className="grid gap-x-6 py-2 md:grid-cols-2">
      <dt className="min-w-0 break-words text-ink-2">{label}</dt>
      <dd className="min-w-0 break-words">
        <span className="tabular-nums">{value}</span>
        {where === "" ? null : <span className="text-xs text-ink-3"> {where}</span>}
        {more.length === 0 ? null : (
          <ul className="mt-0.5 grid gap-0.5 text-xs text-ink-3">
            {more.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        )}
      </dd>
    </div>
  );
}
