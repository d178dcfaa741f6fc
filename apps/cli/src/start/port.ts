import { createServer } from "node:net";
import { StackError } from "@touchstone/stack";

/** @throws StackError where the public port is taken or may not be had. */
export function assertPortFree(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      const why =
        error.code === "EADDRINUSE"
          ? "is in use by another program"
          : `cannot be had on ${host} (${error.code ?? error.message})`;
      reject(new StackError(`Port ${port} ${why}. Choose another: TOUCHSTONE_PORT=3001 npm start`));
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
