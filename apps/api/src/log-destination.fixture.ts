import { logDestination } from "./log-destination.ts";

/** Writes a line, waits until it has gone out with others of its moment, writes two and ends at once. */
logDestination().write("first\n");
setTimeout(() => {
  logDestination().write("second\n");
  logDestination().write("third\n");
  process.exit(0);
}, 200);
