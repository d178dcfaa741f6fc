import { expect, it } from "vitest";
import { openKey, sealKey } from "./seal.ts";

const secret = "an installation's secret of some length";
const owner = { workspaceId: "w", endpointId: "e" };
const unreadable = expect.objectContaining({ reason: "endpointKeyUnreadable" });

it("gives a key back to the secret and the endpoint that it was sealed for", () => {
  const sealed = sealKey(secret, owner, "sk-a-key-ü");
  expect(openKey(secret, owner, sealed)).toBe("sk-a-key-ü");
  expect(sealed).not.toContain("sk-a");
  expect(sealKey(secret, owner, "sk-a-key-ü")).not.toBe(sealed);
});

it("gives it to no other secret or endpoint, and nothing that was changed", () => {
  const sealed = sealKey(secret, owner, "sk-a-key");
  expect(() => openKey("another secret of the same length as it", owner, sealed)).toThrow(unreadable);
  expect(() => openKey(secret, { ...owner, endpointId: "f" }, sealed)).toThrow(unreadable);
  expect(() => openKey(secret, { ...owner, workspaceId: "v" }, sealed)).toThrow(unreadable);
  const [form, nonce, tag, text = ""] = sealed.split(".");
  // The first character of a part is made of six bits of its first byte; the last one may hold bits that nobody reads.
  const changed = [form, nonce, tag, (text.startsWith("A") ? "B" : "A") + text.slice(1)].join(".");
  for (const wrong of [changed, sealed.replace("v1", "v2"), sealed.slice(0, 20), "", "v1..."]) {
    expect(() => openKey(secret, owner, wrong)).toThrow(unreadable);
  }
});
