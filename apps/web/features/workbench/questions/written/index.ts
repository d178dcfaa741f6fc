export { correction } from "./correction.ts";
export { writing as demonstration, writing as text } from "./text.ts";
