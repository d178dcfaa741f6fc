"use client";
import type { ComponentProps, ReactNode } from "react";
import { RecentLink } from "../corrections/recent-link.tsx";
import { DeskQuestions } from "../guidance/desk-questions.tsx";
import { LanguageSwitch } from "../shell/language-switch.tsx";

/** In the head of the desk: the way to what was judged here, to asking, and to the other language. */
export function DeskTools(props: ComponentProps<typeof DeskQuestions>): ReactNode {
  return (
    <>
      <RecentLink projectId={props.projectId} />
      <DeskQuestions {...props} />
      <LanguageSwitch className="max-lg:hidden" />
    </>
  );
}
