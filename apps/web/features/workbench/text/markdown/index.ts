/** What reads Markdown, in one file to fetch; a page of plain texts does without it. */
export { renderMarkdown } from "./render-markdown.tsx";
export { isTooLongToSet } from "./too-long.ts";
