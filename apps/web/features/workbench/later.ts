/** What few need, or need later: one file to fetch, which the desk does not wait for. */
export { DeskTools } from "./desk-tools.tsx";
export { Stopped } from "./stopped.tsx";
