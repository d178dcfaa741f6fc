/** What few need, or need later: one file to fetch, which the desk does not wait for. */
export { DeskHead } from "./desk-head.tsx";
export { RefusedClaim } from "./refused-claim.tsx";
export { WorkbenchWaits } from "./workbench-waits.tsx";
