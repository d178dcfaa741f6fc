"use client";
import { type ComponentProps, type ReactNode, type RefObject, useEffect } from "react";
import { keyRegistry } from "../../components/keyboard/key-registry.ts";
import { RecentLink } from "../corrections/recent-link.tsx";
import { DeskQuestions } from "../guidance/desk-questions.tsx";
import { LanguageSwitch } from "../shell/language-switch.tsx";

interface DeskToolsProps extends ComponentProps<typeof DeskQuestions> {
  /** The key of one of these that was pressed before they were here. */
  readonly early: RefObject<string>;
}

/** In the head of the desk: the way to what was judged here, to asking, and to the other language. */
export function DeskTools({ early, ...props }: DeskToolsProps): ReactNode {
  // External system: the keyboard. The keys are bound by now: what is within has been mounted before.
  useEffect(() => {
    const key = early.current;
    early.current = "";
    if (key !== "") keyRegistry.press(key, performance.now());
  }, [early]);
  return (
    <>
      <RecentLink projectId={props.projectId} />
      <DeskQuestions {...props} />
      <LanguageSwitch className="max-lg:hidden" />
    </>
  );
}
