/** Why nothing of a text can be seen: there is none, or only characters that leave no mark. */
export function blankness(text: string): { readonly kind: "empty" | "blank"; readonly characters: number } | undefined {
  if (text === "") return { kind: "empty", characters: 0 };
  // Zero-width marks, fillers and controls leave no mark either, nor does the empty Braille cell.
  if (/[^\s\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text)) return undefined;
  return { kind: "blank", characters: [...text].length };
}
