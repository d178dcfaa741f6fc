import { type ComponentType, lazy } from "react";
import { NotLoaded } from "./not-loaded.tsx";

/**
 * A part of a page that is fetched when it is first shown. Where it doesn't come, it says so in its place: thrown, that
 * would take the page around it with whatever somebody has written there.
 */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy(
    async (): Promise<{ default: ComponentType<Props> }> => ({ default: await load().catch(() => NotLoaded) }),
  );
}
