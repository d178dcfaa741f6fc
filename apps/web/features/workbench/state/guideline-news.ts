import type { WorkbenchState } from "./workbench-state.ts";

/** What to say of the version by which the task on the screen is judged; null where it is the usual one. */
type GuidelineNews =
  /** A newer one is in force by now. */
  | { readonly kind: "newer"; readonly version: number; readonly inForce: number }
  /** The task before was judged by an older one. */
  | { readonly kind: "changed"; readonly version: number; readonly before: number };

/** @param inForce the version in force as the server last said; a task that waits may know of a newer one */
export function guidelineNews({ queue, last }: WorkbenchState, inForce: number | undefined): GuidelineNews | null {
  const version = queue[0]?.guidelineVersion;
  if (version === undefined) return null;
  const newest = Math.max(inForce ?? version, ...queue.map((task) => task.guidelineVersion));
  if (newest > version) return { kind: "newer", version, inForce: newest };
  const before = last?.task.guidelineVersion ?? version;
  return before < version ? { kind: "changed", version, before } : null;
}
