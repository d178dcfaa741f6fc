import { createServer } from "node:net";

/** A loopback TCP port that nobody held a moment ago. The caller must be ready to try another: nothing reserves it. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === "string") reject(new Error("The probe socket has no port."));
        else resolve(address.port);
      });
    });
  });
}
