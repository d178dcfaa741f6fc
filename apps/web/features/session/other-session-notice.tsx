"use client";
import type { ReactNode } from "react";
import type { KeptSession } from "../offline/kept.ts";
import { OtherMemberNotice } from "./other-member-notice.tsx";
import { OtherWorkspaceNotice } from "./other-workspace-notice.tsx";

interface OtherSessionNoticeProps {
  /** As whom this page was opened. */
  readonly before: KeptSession;
  /** As whom the browser is signed in by now. */
  readonly now: KeptSession;
  readonly onGoOn: () => void;
}

/** Instead of a page whose session has become another's in the meantime. */
export function OtherSessionNotice({ before, now, onGoOn }: OtherSessionNoticeProps): ReactNode {
  if (isSameLogin(before, now)) return <OtherWorkspaceNotice before={before} now={now} />;
  return <OtherMemberNotice before={before.member.name} now={now.member.name} onGoOn={onGoOn} />;
}

/** Members of two workspaces with one address are one person, who has switched in another window. */
function isSameLogin({ member: one }: KeptSession, { member: other }: KeptSession): boolean {
  return one.email !== null && one.email === other.email;
}
