const listeners = new Set<() => void>();
let channel: BroadcastChannel | undefined;

/** The windows of this browser, which share one cookie. */
function windows(): BroadcastChannel {
  channel ??= new BroadcastChannel("touchstone-session");
  channel.onmessage = tellHere;
  return channel;
}

function tellHere(): void {
  for (const listener of listeners) listener();
}

/** Tells whoever shows this page's session that the browser's may be somebody else's by now, or of another workspace. */
export const otherMember = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    windows();
    return () => listeners.delete(listener);
  },
  tell: tellHere,
  /** Somebody has signed in here, or gone to another workspace: pages in other windows ask whose session it is. */
  tellOtherWindows(): void {
    windows().postMessage("changed");
  },
};
