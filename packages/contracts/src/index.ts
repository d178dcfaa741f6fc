export { Message } from "./messages.ts";
export { Comparison, Demonstration, NormalForm, Rating } from "./normal-forms.ts";
