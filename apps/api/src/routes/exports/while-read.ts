import type { FastifyReply } from "fastify";

/**
 * Chunks for a receiver who may stop reading: whoever takes none for so long is cut off, so that nobody keeps rows in
 * memory, and room that others wait for, without end. Making a chunk may take as long as it does.
 */
export async function* whileRead(
  chunks: AsyncIterable<Uint8Array>,
  { raw }: FastifyReply,
  idleMs: number,
): AsyncGenerator<Uint8Array> {
  const cutOff = () => raw.destroy();
  for await (const chunk of chunks) {
    const timer = setTimeout(cutOff, idleMs);
    try {
      yield chunk;
    } finally {
      clearTimeout(timer);
    }
  }
  // What is written and not taken yet lies in the connection's own buffers.
  raw.setTimeout(idleMs, cutOff);
}
