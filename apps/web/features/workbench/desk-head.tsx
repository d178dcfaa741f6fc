"use client";
import type { ReactNode } from "react";
import { RecentLink } from "../corrections/recent-link.tsx";
import { DeskQuestions } from "../guidance/desk-questions.tsx";

type DeskHeadProps = Parameters<typeof DeskQuestions>[0];

/** At the head of the desk: the way to what was judged here, and to questions about it. */
export function DeskHead(props: DeskHeadProps): ReactNode {
  return (
    <>
      <RecentLink projectId={props.projectId} />
      <DeskQuestions {...props} />
    </>
  );
}
