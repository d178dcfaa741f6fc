"use client";
import { isTrajectory } from "@touchstone/contracts";
import { type ReactNode, Suspense } from "react";
import { lazyPart } from "../../../components/lazy-part.ts";
import { useSourceChoice } from "../text/source-choice.ts";
import { ProseText, type ProseTextProps } from "./prose-text.tsx";

const TrajectoryView = lazyPart(() => import("./tools/trajectory-view.tsx").then((file) => file.TrajectoryView));

/** What is judged: words, or what an agent did step by step. */
export function ReadingText({ text, language, shared }: ProseTextProps): ReactNode {
  const showsSource = useSourceChoice();
  if (!isTrajectory(text) || showsSource) return <ProseText text={text} language={language} shared={shared} />;
  return (
    <Suspense fallback={null}>
      <TrajectoryView text={text} language={language} />
    </Suspense>
  );
}
