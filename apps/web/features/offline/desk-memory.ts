import { forgetKeptPages } from "./keep-desk-page.ts";
import type { KeptSession } from "./kept.ts";
import { type OfflineStore, openOfflineStore } from "./offline-store.ts";

let opening: Promise<OfflineStore> | undefined;
/** What a desk keeps waits for the person whose it is to be known. */
let remembering: Promise<void> = Promise.resolve();

/** The browser's database, opened once. Rejects in browsers that keep nothing. */
async function offlineStore(): Promise<OfflineStore> {
  opening ??= openOfflineStore();
  return opening;
}

/** The same for a desk, which comes after whoever sits at it. */
export async function deskStore(): Promise<OfflineStore> {
  await remembering;
  return offlineStore();
}

/** Keeps who is signed in here; a desk that somebody else has left behind is cleared. */
export function rememberSession(session: KeptSession): void {
  const keep = async (): Promise<void> => {
    const store = await offlineStore();
    if (await store.keepSession(session)) await forgetKeptPages();
  };
  // A browser that keeps nothing has nothing to show on a reload either.
  remembering = remembering.then(keep).catch(() => undefined);
}

/** Nobody is signed in here any more: nothing of their desk stays, but what waits to be sent waits on. */
export function forgetDesks(): Promise<void> {
  const forget = async (): Promise<void> => {
    await Promise.all([offlineStore().then((store) => store.forget()), forgetKeptPages()]);
  };
  remembering = remembering.then(forget).catch(() => undefined);
  return remembering;
}

/** Who was signed in when the server was last heard; null where that is not known. */
export async function keptSession(): Promise<KeptSession | null> {
  await remembering;
  return offlineStore()
    .then((store) => store.readSession())
    .catch(() => null);
}
