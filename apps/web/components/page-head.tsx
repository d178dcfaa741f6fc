import type { ReactNode } from "react";

interface PageHeadProps {
  readonly title: ReactNode;
  /** The state of the whole, as a Chip. */
  readonly chip?: ReactNode;
  /** At most one of them filled. */
  readonly actions?: ReactNode;
}

export function PageHead({ title, chip, actions }: PageHeadProps): ReactNode {
  return (
    <div className="mb-5 flex min-h-(--control) flex-wrap items-center gap-x-3 gap-y-2">
      <h1 className="min-w-0 [overflow-wrap:anywhere]">{title}</h1>
      {chip}
      {actions ? (
        <div className="ml-auto flex gap-2 empty:hidden max-md:ml-0 max-md:w-full max-md:*:flex-1">{actions}</div>
      ) : null}
    </div>
  );
}
