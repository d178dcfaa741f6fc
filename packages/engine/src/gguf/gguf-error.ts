/** Which cure helps: to fetch the file again, whole; to take one of another version or type; or to look for another file. */
export type GgufFault =
  | { readonly kind: "cutOff" | "damaged" }
  | { readonly kind: "version"; readonly version: number }
  | { readonly kind: "type"; readonly tensor: string; readonly type: string };

/** The file is no GGUF file, or one of a kind that is not supported; the message says which. */
export class GgufError extends Error {
  override readonly name = "GgufError";
  readonly fault: GgufFault;

  constructor(message: string, fault: GgufFault = { kind: "damaged" }) {
    super(message);
    this.fault = fault;
  }
}
