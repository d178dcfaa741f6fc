import { ConnectionError } from "@touchstone/api-client";
import { describe, expect, it, vi } from "vitest";
import { readEvents } from "./read-events.ts";

/** A response whose bytes come in these pieces. */
function answered(pieces: readonly Uint8Array[], onCancel?: () => void): Response {
  const left = [...pieces];
  return new Response(
    new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = left.shift();
        if (piece) controller.enqueue(piece);
        else controller.close();
      },
      ...(onCancel ? { cancel: onCancel } : {}),
    }),
  );
}

const bytes = (text: string) => new TextEncoder().encode(text);

async function allOf(response: Response): Promise<unknown[]> {
  const all = [];
  for await (const event of readEvents(response)) all.push(event);
  return all;
}

describe("readEvents", () => {
  it("gives the same events however the bytes are cut, within a character too", async () => {
    const whole = bytes('data: {"text":"试金石 🪨"}\r\n\r\n: still there\n\ndata: {"text":"b"}\n\ndata: [DONE]\n\n');
    const expected = [{ text: "试金石 🪨" }, { text: "b" }];
    for (let size = 1; size <= whole.length; size++) {
      const pieces = [];
      for (let at = 0; at < whole.length; at += size) pieces.push(whole.slice(at, at + size));
      expect(await allOf(answered(pieces))).toEqual(expected);
    }
  });

  it("throws where the stream ends before it is said to be whole, also in the middle of an event", async () => {
    await expect(allOf(answered([bytes('data: {"text":"half"}\n\n')]))).rejects.toThrow(ConnectionError);
    await expect(allOf(answered([bytes("data: [DONE]")]))).rejects.toThrow(ConnectionError);
    await expect(allOf(answered([]))).rejects.toThrow(ConnectionError);
    await expect(allOf(new Response(null))).rejects.toThrow(ConnectionError);
  });

  it("takes what is no event of ours for a broken answer, and never for a piece of one", async () => {
    await expect(allOf(answered([bytes("data: <html>\n\ndata: [DONE]\n\n")]))).rejects.toThrow(ConnectionError);
    await expect(allOf(answered([bytes(`data: ${"x".repeat(1_100_000)}\n\n`)]))).rejects.toThrow(ConnectionError);
  });

  it("ends the request when its reader leaves", async () => {
    let ended = false;
    const pieces = Array.from({ length: 100 }, () => bytes('data: {"n":1}\n\n'));
    const response = answered(pieces, () => {
      ended = true;
    });
    for await (const event of readEvents(response)) {
      expect(event).toEqual({ n: 1 });
      break;
    }
    await vi.waitFor(() => expect(ended).toBe(true));
  });

  it("throws the reason itself where the request was aborted", async () => {
    const response = new Response(
      new ReadableStream({ pull: (controller) => controller.error(new DOMException("stopped", "AbortError")) }),
    );
    await expect(allOf(response)).rejects.toThrow("stopped");
  });
});
