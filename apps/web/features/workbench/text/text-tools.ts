"use client";
import { useEffect, useSyncExternalStore } from "react";
import type { SetMarkdown } from "../views/set-markdown.tsx";
import type { NeededTools } from "./markdown/needed-tools.ts";
import type { TextTools } from "./markdown/render-context.ts";

/** What has been loaded so far. A page of plain texts loads nothing of it. */
export interface LoadedTools extends TextTools {
  readonly SetMarkdown?: typeof SetMarkdown;
}

const loaders = {
  markdown: async (): Promise<LoadedTools> => ({
    SetMarkdown: (await import("../views/set-markdown.tsx")).SetMarkdown,
  }),
  math: async (): Promise<LoadedTools> => ({ typesetMath: (await import("./markdown/typeset-math.ts")).typesetMath }),
  code: async (): Promise<LoadedTools> => ({
    highlightCode: (await import("./markdown/highlight-code.ts")).highlightCode,
  }),
} as const;

type ToolName = keyof typeof loaders;

let loaded: LoadedTools = {};
const asked = new Map<ToolName, Promise<void>>();
const listeners = new Set<() => void>();

/** Loads what a text needs, each once. A load that fails is tried again with the next text; the source stays shown. */
function loadTools(needed: NeededTools): void {
  for (const name of ["markdown", "math", "code"] as const) {
    if (!needed[name] || asked.has(name)) continue;
    const load = async (): Promise<void> => {
      try {
        const tools = await loaders[name]();
        loaded = { ...loaded, ...tools };
        for (const listener of listeners) listener();
      } catch {
        asked.delete(name);
      }
    };
    asked.set(name, load());
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * The tools for a text, or undefined as long as one is on its way that would move its lines. Colours move nothing and
 * may come later.
 */
export function useTextTools(needed: NeededTools): LoadedTools | undefined {
  const tools = useSyncExternalStore(
    subscribe,
    () => loaded,
    () => loaded,
  );
  // External system: the network, from which the tools come.
  useEffect(() => loadTools(needed), [needed]);
  const isReady = tools.SetMarkdown && (!needed.math || tools.typesetMath);
  return isReady ? tools : undefined;
}
