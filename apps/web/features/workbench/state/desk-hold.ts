/** Whether this window has the desk of a project, of all windows of this browser. */
export type HoldState = "asking" | "held" | "elsewhere";

export interface DeskHold {
  /** Takes the desk from whichever window has it. */
  readonly takeOver: () => void;
  readonly release: () => void;
}

/** Long enough for a page that is just being left, or for another window to answer. */
const patienceMs = 300;

/**
 * One desk a person and project: two windows would show the same task, and the second answer to it would be refused.
 * Browsers know locks on secure origins only; elsewhere windows agree among themselves by messages.
 */
export function holdDesk(name: string, onState: (state: HoldState) => void): DeskHold {
  if ("locks" in navigator) return holdByLock(navigator.locks, name, onState);
  if ("BroadcastChannel" in window) return holdByMessages(name, onState);
  onState("held");
  return { takeOver: () => {}, release: () => {} };
}

/** Runs the work while no other window does; without locks at once, since the server counts each key once. */
export async function aloneInBrowser(name: string, work: () => Promise<void>): Promise<void> {
  if ("locks" in navigator) await navigator.locks.request(name, work);
  else await work();
}

function holdByLock(locks: LockManager, name: string, onState: (state: HoldState) => void): DeskHold {
  let giveBack: (() => void) | undefined;
  let left = false;
  let waiting: AbortController | undefined;
  const keep = async (): Promise<void> => {
    if (left) return;
    onState("held");
    await new Promise<void>((resolve) => {
      giveBack = resolve;
    });
  };
  /** The desk was taken by another window: wait until that one is closed. */
  const lose = (): void => {
    if (left) return;
    onState("elsewhere");
    wait();
  };
  const wait = (): void => {
    waiting = new AbortController();
    const { signal } = waiting;
    locks.request(name, { signal }, keep).catch(() => {
      if (!signal.aborted) lose();
    });
  };
  wait();
  const patience = setTimeout(() => {
    if (!giveBack) onState("elsewhere");
  }, patienceMs);
  return {
    takeOver() {
      waiting?.abort();
      locks.request(name, { steal: true }, keep).catch(lose);
    },
    release() {
      left = true;
      clearTimeout(patience);
      waiting?.abort();
      giveBack?.();
    },
  };
}

type Saying = { readonly says: "mine?" | "mine" | "taken" | "free"; readonly from: string };

function isSaying(data: unknown): data is Saying {
  return typeof data === "object" && data !== null && "says" in data && "from" in data;
}

function holdByMessages(name: string, onState: (state: HoldState) => void): DeskHold {
  const channel = new BroadcastChannel(name);
  const self = `${Date.now()} ${Math.random()}`;
  let state: HoldState = "asking";
  let patience: ReturnType<typeof setTimeout> | undefined;
  const become = (next: HoldState): void => {
    clearTimeout(patience);
    if (next === state) return;
    state = next;
    onState(next);
  };
  const say = (says: Saying["says"]): void => channel.postMessage({ says, from: self });
  const ask = (): void => {
    state = "asking";
    say("mine?");
    patience = setTimeout(() => become("held"), patienceMs);
  };
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!isSaying(data)) return;
    const { says, from } = data;
    // Of two that ask at once the earlier one has it.
    if (says === "mine?" && (state === "held" || (state === "asking" && self < from))) say("mine");
    if (says === "mine" && state === "asking") become("elsewhere");
    if (says === "taken") become("elsewhere");
    if (says === "free" && state === "elsewhere") ask();
  };
  ask();
  return {
    takeOver() {
      say("taken");
      become("held");
    },
    release() {
      clearTimeout(patience);
      if (state === "held") say("free");
      channel.close();
    },
  };
}
