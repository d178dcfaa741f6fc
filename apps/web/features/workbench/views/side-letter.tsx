import type { ReactNode } from "react";

/** At an end of a scale between two answers: by which letter the one on this side goes. */
export function SideLetter({ letter }: { readonly letter: string }): ReactNode {
  return (
    <b aria-hidden="true" className="font-semibold max-md:hidden">
      {letter}
    </b>
  );
}
