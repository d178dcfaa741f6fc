export { aspects } from "./aspects.ts";
export { bestWorst } from "./best-worst.ts";
export { choice } from "./choice.ts";
export { number } from "./number.ts";
