import type { ReactNode } from "react";

/** The streak that a touchstone shows. */
export function Logo(): ReactNode {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className="block size-5 flex-none">
      <rect width="20" height="20" rx="6" className="fill-ink" />
      <path d="M5.5 13.5 14 6" strokeWidth="2.25" strokeLinecap="round" className="stroke-bg" />
    </svg>
  );
}
