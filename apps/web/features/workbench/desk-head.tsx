"use client";
import type { ComponentProps, ReactNode } from "react";
import { RecentLink } from "../corrections/recent-link.tsx";
import { DeskQuestions } from "../guidance/desk-questions.tsx";

/** In the head of the desk: what was judged here, and questions about the task. */
export function DeskHead(props: ComponentProps<typeof DeskQuestions>): ReactNode {
  return (
    <>
      <RecentLink projectId={props.projectId} />
      <DeskQuestions {...props} />
    </>
  );
}
