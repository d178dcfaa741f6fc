/** What few need, or need later: one file to fetch, which the desk does not wait for. */
export { DeskQuestions } from "../guidance/desk-questions.tsx";
export { DeskPanels, followWork } from "./panels/desk-panels.tsx";
export { RefusedClaim } from "./refused-claim.tsx";
export { GuidelineDrawer } from "./views/guideline-drawer.tsx";
export { WorkbenchWaits } from "./workbench-waits.tsx";
