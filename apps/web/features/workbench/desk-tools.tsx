"use client";
import type { ComponentProps, ReactNode } from "react";
import { RecentLink } from "../corrections/recent-link.tsx";
import { DeskQuestions } from "../guidance/desk-questions.tsx";

/** In the head of the desk: the way to what was judged here, and to asking. */
export function DeskTools(props: ComponentProps<typeof DeskQuestions>): ReactNode {
  return (
    <>
      <RecentLink projectId={props.projectId} />
      <DeskQuestions {...props} />
    </>
  );
}
