import { type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";

interface CardProps {
  readonly title?: ReactNode;
  /** A figure or a link at the right end of the title. */
  readonly aside?: ReactNode;
  /** A sentence under the title. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
  /** Without padding, for tables and lists that go to the edge. */
  readonly flush?: boolean;
  readonly className?: string;
}

/** A surface with a hairline. Never inside another card: related figures share one, divided by hairlines. */
export function Card({ title, aside, note, children, flush, className }: CardProps): ReactNode {
  const id = useId();
  return (
    <section
      aria-labelledby={title ? id : undefined}
      className={classNames("min-w-0 rounded-lg border border-line bg-surface", className)}
    >
      {title ? (
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-2 px-4 pt-3 pb-2">
          <h2 id={id} className="flex-auto">
            {title}
          </h2>
          {aside ? <span className="text-xs text-ink-3">{aside}</span> : null}
        </div>
      ) : null}
      {note ? <p className="px-4 pb-2 text-xs text-ink-3">{note}</p> : null}
      <div className={flush ? undefined : classNames("px-4 pb-4", !title && "pt-4")}>{children}</div>
    </section>
  );
}
