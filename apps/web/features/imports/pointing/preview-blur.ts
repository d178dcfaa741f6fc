import type { LocalStore } from "../../workbench/local-store.ts";
import { type BlurMemory, isBlurredFor } from "../../workbench/state/blur.ts";

interface PreviewBlur {
  readonly memory: BlurMemory;
  /** From here on nothing is blurred in this preview. */
  readonly unblur: () => void;
}

/**
 * What is blurred in a preview: as the person has it at the desk, until they say otherwise. What is said and revealed here
 * stays so here alone: these tasks are nobody's, have the same ids in every preview, and somebody else's are blurred still.
 */
export function previewBlur(store: LocalStore, memberId: string): PreviewBlur {
  const revealed = new Set<string>();
  let blurred = isBlurredFor(store, memberId);
  return {
    memory: {
      revealed: (taskId) => revealed.has(taskId) || !blurred,
      reveal: (taskId) => void revealed.add(taskId),
    },
    unblur: () => {
      blurred = false;
    },
  };
}
