import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { SubjectCurve } from "./use-curves.ts";
import { useSubjectNames } from "./use-subject-name.ts";

/** Who has no line on the plot, and why: nobody is left out in silence. */
export function WithoutCurve({ curves }: { readonly curves: readonly SubjectCurve[] }): ReactNode {
  const t = useTranslations("compare.curves.without");
  const { full } = useSubjectNames();
  return (
    <ul className="mt-3 grid gap-1 text-sm text-ink-2 empty:hidden">
      {curves.map(({ subject, curve }) =>
        curve.kind === "none" ? (
          <li key={subject.id} data-without={curve.why}>
            {t(curve.why, { number: subject.number, name: full(subject) })}
          </li>
        ) : null,
      )}
    </ul>
  );
}
