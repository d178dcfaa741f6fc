import type { ReactNode } from "react";
import { Streak } from "../../components/figures/streak.tsx";
import { useFormats } from "../../components/use-formats.ts";

interface Going {
  readonly id: string;
  readonly text: string;
  /** Between 0 and 1. */
  readonly done: number;
}

interface GoingListProps {
  readonly title: string;
  readonly items: readonly Going[];
}

/** What goes in steps, and how far that is; nothing where nothing goes. */
export function GoingList({ title, items }: GoingListProps): ReactNode {
  const formats = useFormats();
  if (items.length === 0) return null;
  return (
    <section aria-label={title} className="mb-4 grid gap-2 rounded-lg border border-line bg-surface px-4 py-3">
      {items.map(({ id, text, done }) => (
        <p key={id} role="status" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-2">
          <span className="min-w-0 break-words">{text}</span>
          <Streak value={done} label={text} className="w-24" />
          <span className="text-xs tabular-nums">{formats.share(done)}</span>
        </p>
      ))}
    </section>
  );
}
