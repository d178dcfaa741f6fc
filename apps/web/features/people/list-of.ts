/** Names that stand in one field, between commas of any script; each once, in their order. */
export function listOf(value: FormDataEntryValue | null): string[] {
  const names = String(value ?? "").split(/[,，、;；]/u);
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ""))];
}
