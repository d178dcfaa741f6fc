/** Of an ELF file for 64-bit machines (gabi: elf header): magic, class, and where its table of sections stands and ends. */
const magic = [0x7f, 0x45, 0x4c, 0x46, 2];
const headerBytes = 64;
const [sectionsAt, entryBytesAt, entriesAt] = [0x28, 0x3a, 0x3c];

/**
 * Whether a library's file is as long as it says of itself. The system maps what a file promises without looking: one that was
 * cut off, by a full disk or an interrupted copy, ends the process at the first missing page instead of failing to load. Other
 * formats than Linux's are checked by their own systems.
 */
export function isWholeLibrary(bytes: Uint8Array): boolean {
  if (!magic.every((byte, index) => bytes[index] === byte)) return true;
  if (bytes.length < headerBytes) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  // The linker puts the table of sections last.
  const sections = view.getBigUint64(sectionsAt, true);
  const table = view.getUint16(entryBytesAt, true) * view.getUint16(entriesAt, true);
  return sections + BigInt(table) <= BigInt(bytes.length);
}
