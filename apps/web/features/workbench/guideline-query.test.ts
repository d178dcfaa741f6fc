import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const guideline = { id: "g", version: 1, text: "Shorter wins.", createdAt: "2026-01-01T00:00:00.000Z" };
const browser = new EventTarget();
const reach = vi.fn<() => Promise<typeof guideline>>();

/** A desk whose guideline is asked for in a page that was opened without a network: nothing has told of that. */
async function openedWithoutNetwork() {
  vi.doMock("../../api/client.ts", () => ({ api: { getGuideline: reach } }));
  const { QueryObserver } = await import("@tanstack/react-query");
  const { createQueryClient } = await import("../../api/query-client.ts");
  const { guidelineQuery } = await import("./guideline-query.ts");
  const client = createQueryClient();
  client.mount();
  const observer = new QueryObserver(client, guidelineQuery("p", 1));
  const stop = observer.subscribe(() => undefined);
  reach.mockRejectedValue(new Error("no network"));
  return {
    observer,
    close() {
      stop();
      client.unmount();
      client.clear();
    },
  };
}

describe("the guideline of a desk that was opened without a network", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.resetModules();
    vi.stubGlobal("window", browser);
    reach.mockReset().mockRejectedValue(new Error("no network"));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.doUnmock("../../api/client.ts");
  });

  it("comes at once when the network is back, though the page never heard that it was gone", async () => {
    const { observer, close } = await openedWithoutNetwork();
    // All tries have failed, and the next look is not due yet.
    await vi.advanceTimersByTimeAsync(4_000);
    expect(observer.getCurrentResult()).toMatchObject({ status: "error", data: undefined });
    reach.mockResolvedValue(guideline);
    browser.dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(10);
    expect(observer.getCurrentResult().data).toEqual(guideline);
    close();
  });

  it("comes within seconds when the server is back, of which no event tells", async () => {
    const { observer, close } = await openedWithoutNetwork();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(observer.getCurrentResult().data).toBeUndefined();
    reach.mockResolvedValue(guideline);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(observer.getCurrentResult().data).toEqual(guideline);
    const asked = reach.mock.calls.length;
    await vi.advanceTimersByTimeAsync(50_000);
    expect(reach).toHaveBeenCalledTimes(asked);
    close();
  });
});
