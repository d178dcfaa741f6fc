"use client";
import { useSyncExternalStore } from "react";

/** Where the browser keeps whether its reader wants texts as they were written. */
const place = "touchstone-show-source";
const listeners = new Set<() => void>();
let chosen: boolean | undefined;

/** Some browsers refuse storage altogether; then the choice lasts as long as the page. */
function read(): boolean {
  try {
    chosen ??= localStorage.getItem(place) === "yes";
  } catch {
    chosen ??= false;
  }
  return chosen;
}

/** Whether texts are shown as they were written, signs and all; remembered by this browser. */
export function useSourceChoice(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read,
    () => false,
  );
}

/** Shows the source where it was rendered, and the other way round. */
export function toggleSource(): void {
  chosen = !read();
  try {
    localStorage.setItem(place, chosen ? "yes" : "no");
  } catch {
    // Kept for this page, see above.
  }
  for (const listener of listeners) listener();
}
