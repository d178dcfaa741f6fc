import { pino } from "pino";

/** Lines that wait for room on a full disk, in bytes; later ones are dropped. */
const mostWaiting = 1024 * 1024;

/** Standard output, which a full disk may refuse: the process goes on, and what waited is written when there is room again. */
export function logDestination(): ReturnType<typeof pino.destination> {
  const destination = pino.destination({ dest: 1, sync: true, maxLength: mostWaiting });
  // Without a listener the refusal would end the process.
  destination.on("error", () => undefined);
  return destination;
}
