"use client";
import { useEffect, useEffectEvent, useState } from "react";

interface LeaveGuard {
  /** Where somebody wants to go, and has to say so once more. */
  readonly asked: string | null;
  readonly stay: () => void;
}

/** Holds links of this page, and the browser's own ways out, while something is unsaved. */
export function useLeaveGuard(unsaved: boolean): LeaveGuard {
  const [asked, setAsked] = useState<string | null>(null);
  const hold = useEffectEvent((event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
    if (!link || opensElsewhere(event, link)) return;
    event.preventDefault();
    event.stopPropagation();
    setAsked(link.href);
  });

  // External systems: the page's links, before the router takes them, and the window.
  useEffect(() => {
    if (!unsaved) return;
    const parting = new AbortController();
    document.addEventListener("click", hold, { capture: true, signal: parting.signal });
    window.addEventListener("beforeunload", (event) => event.preventDefault(), { signal: parting.signal });
    return () => parting.abort();
  }, [unsaved]);

  return { asked, stay: () => setAsked(null) };
}

/** In another tab, or to another place of this page: nothing is left then. */
function opensElsewhere(event: MouseEvent, link: HTMLAnchorElement): boolean {
  const beside = event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0 || link.target === "_blank";
  return beside || (link.hash !== "" && link.pathname === window.location.pathname);
}
