import { once } from "node:events";
import { createServer } from "node:net";
import { freePort } from "@touchstone/stack";
import { describe, expect, it } from "vitest";
import { assertPortFree } from "./port.ts";

describe("assertPortFree", () => {
  it("lets a free port pass and leaves it free", async () => {
    const port = await freePort();
    await assertPortFree("127.0.0.1", port);
    await expect(assertPortFree("127.0.0.1", port)).resolves.toBeUndefined();
  });

  it("names the variable to set where another program holds the port", async () => {
    const port = await freePort();
    const holder = createServer().listen(port, "127.0.0.1");
    await once(holder, "listening");
    try {
      await expect(assertPortFree("127.0.0.1", port)).rejects.toThrow(/in use by another program.*TOUCHSTONE_PORT/);
    } finally {
      holder.close();
    }
  });
});
