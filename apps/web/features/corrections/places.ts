/** Where the list of one's own answers in a project is, and where one of them is corrected. */
export const recentHref = (projectId: string, answer?: string): string =>
  `/work/${projectId}/recent${answer === undefined ? "" : `?answer=${answer}`}`;

/** Goes there within the page, also without a network. */
export function goTo(href: string): void {
  window.history.pushState(null, "", href);
}
