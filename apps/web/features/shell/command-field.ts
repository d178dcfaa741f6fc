/** The field looks the same before and after the list has come, so that nothing is seen to change under one's hands. */
export const commandFieldLook =
  "h-12 w-full border-b border-line bg-transparent px-4 text-lg outline-none placeholder:text-ink-3";
