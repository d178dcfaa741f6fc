/** Goes to the field of the question that is wanted next, else to the first one; to none where nothing is to be written. */
export function focusWriting(): void {
  const field = document.querySelector<HTMLElement>("[data-writing=true]");
  (field ?? document.querySelector<HTMLElement>("[data-writing]"))?.focus();
}
