export { correction } from "./correction.ts";
export { demonstration, text } from "./text.ts";
