import { type DestinationStream, pino } from "pino";

/** Lines that wait for room on a full disk, in bytes; later ones are dropped. */
const mostWaiting = 1024 * 1024;
/** Lines are written at once where there are so many bytes of them. */
const mostTogether = 8 * 1024;
/** So long, in ms, a line waits for others: a write of its own costs a seventh of what a judgement costs this process. */
const togetherMs = 20;

/** Standard output, of which each process has one. */
let standardOutput: DestinationStream | undefined;

/**
 * Standard output, to which the lines of a moment are written together, and what is left when the process ends. A full disk
 * may refuse them: the process goes on, and what waited is written when there is room again.
 */
export function logDestination(): DestinationStream {
  standardOutput ??= openStandardOutput();
  return standardOutput;
}

function openStandardOutput(): DestinationStream {
  const destination = pino.destination({ dest: 1, sync: true, minLength: mostTogether, maxLength: mostWaiting });
  // Without a listener the refusal would end the process.
  destination.on("error", () => undefined);
  let isArmed = false;
  const flush = () => {
    isArmed = false;
    destination.flush();
  };
  process.once("exit", () => destination.flush());
  return {
    write(line) {
      destination.write(line);
      if (isArmed) return;
      isArmed = true;
      setTimeout(flush, togetherMs);
    },
  };
}
