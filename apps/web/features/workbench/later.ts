/** What few need, or need later: one file to fetch, which the desk does not wait for. */
export { DeskTools } from "./desk-tools.tsx";
export { DeskPanels, followWork } from "./panels/desk-panels.tsx";
export { Stopped } from "./stopped.tsx";
export { GuidelineDrawer } from "./views/guideline-drawer.tsx";
export { SkipReasonChoice } from "./views/skip-reason-choice.tsx";
