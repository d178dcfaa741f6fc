"use client";
import type { ReactNode } from "react";
import { ReadingText } from "../../views/reading-text.tsx";
import type { InFullProps } from "../question-parts.ts";
import { textOf } from "./bounds.ts";

/** What somebody wrote, whole. */
export function TextInFull({ answer, language }: InFullProps): ReactNode {
  return <ReadingText text={textOf(answer)} language={language} />;
}
