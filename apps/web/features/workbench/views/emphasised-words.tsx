import { Fragment, type ReactNode } from "react";
import { emphasised } from "../text/guideline-parts.ts";

/** A few words with their emphasis; Chinese has no italics, so stress is weight there as everywhere. */
export function EmphasisedWords({ text }: { readonly text: string }): ReactNode {
  const pieces = emphasised(text).map((piece, place) => ({ ...piece, place }));
  return pieces.map(({ text: words, as, place }) =>
    as === "plain" ? (
      <Fragment key={place}>{words}</Fragment>
    ) : (
      <strong key={place} className="font-medium text-ink">
        {words}
      </strong>
    ),
  );
}
