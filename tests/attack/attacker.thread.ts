import { parentPort, workerData } from "node:worker_threads";
import { Attacker, type Target } from "./attacker.ts";
import { type Grounds, members } from "./members.ts";
import { strangers } from "./strangers.ts";

/** What a thread that attacks is given. */
export interface Orders {
  readonly way: string;
  readonly target: Target;
  readonly localAddress: string;
  readonly seconds: number;
  /** Of somebody who is signed in; null of a stranger. */
  readonly member: (Grounds & { readonly headers: Readonly<Record<string, string>> }) | null;
}

/** Attackers have a thread of their own: what they make ready must not hold up the annotators beside them. */
async function obey({ way, member, target, ...options }: Orders): Promise<void> {
  const ways = member ? members(member) : strangers;
  const wanted = ways.find(({ name }) => name === way);
  if (!wanted) throw new Error(`There is no way called ${way}.`);
  const attacker = new Attacker(target, { ...options, headers: member?.headers ?? {} });
  await wanted.run(attacker);
  parentPort?.postMessage([...attacker.answers].map(([status, count]) => `${count} × ${status}`).join(", "));
}

await obey(workerData);
