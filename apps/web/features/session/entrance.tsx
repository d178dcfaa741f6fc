import type { ReactNode } from "react";
import { LanguageSwitch } from "../shell/language-switch.tsx";
import { Logo } from "../shell/logo.tsx";

interface EntranceProps {
  readonly product: string;
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}

/** The quiet page before one is inside: sign-in and links. Left-aligned in a narrow column, no box. */
export function Entrance({ product, title, lead, children }: EntranceProps): ReactNode {
  return (
    <>
      <header className="page-edges flex h-(--bar) items-center gap-2 font-medium">
        <Logo />
        {product}
        <LanguageSwitch className="-mr-3 ml-auto" />
      </header>
      <main className="mx-auto grid w-full max-w-104 gap-5 px-4 pt-[10vh] pb-12">
        <div className="grid gap-2">
          <h1>{title}</h1>
          {lead ? <div className="text-md leading-relaxed text-ink-2">{lead}</div> : null}
        </div>
        {children}
      </main>
    </>
  );
}
