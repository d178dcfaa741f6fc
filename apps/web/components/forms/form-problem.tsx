"use client";
import type { ReactNode } from "react";
import { ProblemFaults } from "./problem-faults.tsx";
import { useProblemText } from "./problem-text.ts";

/** Why the form as a whole was refused; it keeps its place in the document so that it is read out when it comes. */
export function FormProblem({ problem }: { readonly problem: unknown }): ReactNode {
  const { text, faults, more } = useProblemText(problem);
  return (
    <div role="alert" className="empty:sr-only">
      {problem ? (
        <>
          <p className="flex items-baseline gap-1.5 text-warn">
            <i aria-hidden="true" className="mark" data-state="attention" />
            {text}
          </p>
          <ProblemFaults faults={faults} more={more} />
        </>
      ) : null}
    </div>
  );
}
