import type { ReactNode } from "react";

interface EmptyStateProps {
  /** One sentence on what will be here. */
  readonly title: string;
  /** One on how to get it. */
  readonly children?: ReactNode;
  /** One default button. */
  readonly action?: ReactNode;
}

/** Stands where the content will start, left-aligned, without pictures. */
export function EmptyState({ title, children, action }: EmptyStateProps): ReactNode {
  return (
    <div className="grid max-w-read justify-items-start gap-3 py-6">
      <p className="text-lg font-medium">{title}</p>
      {children ? <div className="text-md leading-relaxed text-ink-2">{children}</div> : null}
      {action}
    </div>
  );
}
