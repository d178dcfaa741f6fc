import { createClient } from "@touchstone/api-client";
import { otherMember } from "./other-member.ts";
import { otherVersion } from "./other-version.ts";

/** The API on this page's own origin. */
export const api = createClient({
  baseUrl: "",
  onOtherVersion: () => otherVersion.tell(true),
  onOtherMember: otherMember.tell,
});
