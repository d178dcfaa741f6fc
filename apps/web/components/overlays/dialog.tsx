"use client";
import { type ReactNode, useEffect, useRef } from "react";

interface DialogProps {
  readonly label: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The browser's own modal: it keeps the focus inside, gives it back, and closes with Escape. Never while labelling. */
export function Dialog({ label, open, onClose, children }: DialogProps): ReactNode {
  const element = useRef<HTMLDialogElement>(null);

  // External system: the browser's top layer, which can be entered only by a call.
  useEffect(() => {
    if (!open) return;
    const dialog = element.current;
    dialog?.showModal();
    // The browser takes the first thing that can have the focus, which may be a list that no letter goes into; and
    // React's autoFocus came too early, while the dialog was closed.
    dialog?.querySelector<HTMLElement>("[data-focus-first]")?.focus();
    return () => dialog?.close();
  }, [open]);

  if (!open) return null;
  return (
    // The click that reaches the dialog itself fell beside its content; the keyboard has Escape.
    <dialog
      ref={element}
      aria-label={label}
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && onClose()}
      onKeyDown={(event) => event.stopPropagation()}
      className="m-auto mt-[12vh] text-left whitespace-normal w-[min(34rem,calc(100vw-2rem))] rounded-lg border border-line bg-surface p-0 shadow-md outline-none backdrop:bg-bg/60"
    >
      {children}
    </dialog>
  );
}
