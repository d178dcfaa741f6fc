import { ApiError, ConnectionError } from "@touchstone/api-client";
import type { ProblemCode } from "@touchstone/contracts";
import { describe, expect, it, vi } from "vitest";
import { askForTicket } from "./ask-for-ticket.ts";

const problem = (code: ProblemCode) =>
  new ApiError({ type: "about:blank", code, title: "", status: 400, detail: "", requestId: "r" });

describe("a ticket for the socket", () => {
  it.each([
    [problem("account_disabled"), 1],
    [problem("unauthenticated"), 1],
    [problem("unavailable"), 0],
    [new ConnectionError("cut"), 0],
  ])("has the session looked at again only where it is refused for good: %s", async (error, times) => {
    const onRefused = vi.fn();
    await expect(askForTicket(() => Promise.reject(error), onRefused)).rejects.toBe(error);
    expect(onRefused).toHaveBeenCalledTimes(times);
  });

  it("is what the API gives", async () => {
    expect(await askForTicket(async () => ({ ticket: "t" }), vi.fn())).toBe("t");
  });
});
