import type { Metrics } from "../training/request.ts";

/** `{ kl: 1 }` → `{ "heldout.kl": 1 }` */
export function prefixed(prefix: string, metrics: Metrics): Metrics {
  return Object.fromEntries(Object.entries(metrics).map(([name, value]) => [`${prefix}.${name}`, value]));
}
