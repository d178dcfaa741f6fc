/** Reads until at least `size` bytes are there (or the end), and gives them back at the front of the rest. */
export async function peek(
  source: AsyncGenerator<Uint8Array>,
  size: number,
): Promise<{ head: Buffer; isWhole: boolean; rest: AsyncGenerator<Uint8Array> }> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  let isWhole = false;
  while (bytes < size) {
    const { done, value } = await source.next();
    if (done) {
      isWhole = true;
      break;
    }
    chunks.push(value);
    bytes += value.length;
  }
  const head = Buffer.concat(chunks);
  async function* rest(): AsyncGenerator<Uint8Array> {
    try {
      yield head;
      yield* source;
    } finally {
      await source.return(undefined);
    }
  }
  return { head, isWhole, rest: rest() };
}
