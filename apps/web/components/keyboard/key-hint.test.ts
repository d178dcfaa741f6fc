import { expect, it } from "vitest";
import { keyName } from "./key-hint.tsx";

it("writes Command on Apple's machines and Control on all others", () => {
  expect([keyName("mod+k", true), keyName("mod+k", false)]).toEqual(["⌘K", "Ctrl K"]);
  expect([keyName("mod+Enter", true), keyName("mod+Enter", false)]).toEqual(["⌘↵", "Ctrl ↵"]);
  expect([keyName("Escape", false), keyName("z", false)]).toEqual(["esc", "z"]);
});
