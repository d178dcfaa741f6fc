import type { Refusals } from "./shape.ts";

/** Why a request is refused, of people, their accounts and how they join. */
export const peopleRefusals = {
  linkUnknown: ["not_found", "This link is unknown; ask for a new one."],
  linkLeadsNowhere: ["not_found", "This link leads to nobody; ask for a new one."],
  linkUsed: ["link_used_up", "All places of this link are taken. Ask whoever sent it for a new one."],
  linkRevoked: ["link_used_up", "This link was revoked. Ask whoever sent it for a new one."],
  linkExpired: ["link_used_up", "This link has expired. Ask whoever sent it for a new one."],
  presentPasswordWrong: ["wrong_credentials", "This is not your present password."],
  tooManyAttempts: ["too_many_requests", "Too many attempts; wait a quarter of an hour, or ask for a reset."],
  accountWithoutPassword: ["forbidden", "This account has no password."],
  accountDisabled: ["forbidden", "Your account here has been disabled."],
  tokenAboveYourRole: ["forbidden", "A token of yours can have at most your role, {kind}."],
  resetWhileSignedIn: ["conflict", "This link sets a password; whoever it is for opens it signed out."],
  addressTaken: [
    "conflict",
    "There is an account with this e-mail address. Use its password, sign in, or ask for a password reset.",
  ],
  loginOfSeveralWorkspaces: [
    "forbidden",
    "This login belongs to other workspaces too, so only the operator of this installation can reset it: {name}.",
  ],
  signInForThis: [
    "forbidden",
    "An API token can't do this, for what it makes would outlive the token: sign in instead.",
  ],
  memberAlready: ["conflict", "You are a member already; sign in."],
  cannotSignIn: ["conflict", "Imported and simulated annotators cannot sign in."],
  noRoleToChange: ["conflict", "Imported and simulated annotators have no role to change."],
  lastAdmin: ["conflict", "This is the last admin; make somebody else an admin first."],
  neededToJoin: ["invalid_value", "Name, e-mail address and password are needed to join."],
  nameNeededToJoin: ["invalid_value", "A name is needed to join."],
  joinedByName: [
    "conflict",
    "You are here by name alone, for one project. Keep your return link, then sign out to join another as somebody else.",
  ],
  byNameOnlyAnnotator: [
    "conflict",
    "This person joined by name alone, so they stay an annotator. Invite them with an e-mail address to give them another role.",
  ],
  noTokenByName: [
    "forbidden",
    "Who joined by name alone has no API tokens. Ask for an invitation with an e-mail address.",
  ],
  returnUnknown: ["not_found", "This return link is unknown. Open the join link again, or ask whoever sent it."],
  tooManyByName: [
    "too_many_requests",
    "Too many people have joined by name from this address; wait a quarter of an hour.",
  ],
  consentNeeded: ["invalid_value", "Joining needs your consent to the text shown."],
} as const satisfies Refusals;
