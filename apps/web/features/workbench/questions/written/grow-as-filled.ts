/**
 * Lets a field be as high as its text, so that the page scrolls and not the field. Browsers do it by themselves
 * (`field-sizing`); where one doesn't know that yet, the field grows with each line, and shrinks when it is emptied.
 */
export function growAsFilled(field: HTMLTextAreaElement | null): (() => void) | undefined {
  if (!field || CSS.supports("field-sizing", "content")) return undefined;
  const grow = (): void => {
    if (field.value === "") field.style.height = "";
    else if (field.scrollHeight > field.clientHeight) field.style.height = `${field.scrollHeight + 2}px`;
  };
  const parting = new AbortController();
  field.addEventListener("input", grow, { signal: parting.signal });
  // What was kept comes into the field without an event.
  const seen = new ResizeObserver(grow);
  seen.observe(field);
  grow();
  return () => {
    parting.abort();
    seen.disconnect();
  };
}
