/** The bytes of a file by what formats call their numbers. Reading beyond the end throws: the file was cut off. */
export class ByteView {
  readonly #view: DataView;
  readonly length: number;

  constructor(readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.length = bytes.length;
  }

  u8 = (at: number): number => this.#view.getUint8(at);
  u16 = (at: number): number => this.#view.getUint16(at);
  u16le = (at: number): number => this.#view.getUint16(at, true);
  u24le = (at: number): number => this.u16le(at) + 65_536 * this.u8(at + 2);
  u32 = (at: number): number => this.#view.getUint32(at);
  u32le = (at: number): number => this.#view.getUint32(at, true);

  /** So many bytes as Latin-1, fewer at the end of the file. */
  text(at: number, length: number): string {
    return String.fromCharCode(...this.bytes.subarray(at, at + length));
  }

  /** Where a text first stands between two places; −1 where it does not. */
  find(text: string, from = 0, to = this.length): number {
    const first = text.charCodeAt(0);
    for (let at = this.bytes.indexOf(first, from); at >= 0 && at < to; at = this.bytes.indexOf(first, at + 1)) {
      if (this.text(at, text.length) === text) return at;
    }
    return -1;
  }
}
