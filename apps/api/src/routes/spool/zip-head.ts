import { refused } from "@touchstone/contracts";

/** With which every zip begins that has a file in it. */
const zipMagic = Buffer.from("PK\u0003\u0004");

/**
 * Looks at the first bytes of a file that is to be a zip, as they come: another file is refused at once, and not when all of
 * it is there. Pieces are larger than what is looked at; a first one that is shorter is looked at as far as it goes.
 *
 * @param offset the byte of the file at which the piece begins
 * @throws DomainError invalid_value for what is no zip
 */
export function assertZipHead(piece: Uint8Array, offset: number): void {
  const expected = zipMagic.subarray(offset, offset + piece.length);
  if (!expected.equals(piece.subarray(0, expected.length))) throw refused("archiveDamaged");
}
