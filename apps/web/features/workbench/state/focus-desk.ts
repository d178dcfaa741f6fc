/** The part of the page where the keys of the scale work and Space scrolls. */
export const deskId = "desk";

/** Puts the focus where no button is pressed by accident, without moving the page. */
export function focusDesk(): void {
  document.getElementById(deskId)?.focus({ preventScroll: true });
}
