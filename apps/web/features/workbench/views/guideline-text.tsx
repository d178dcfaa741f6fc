import type { ReactNode } from "react";
import { ReadingText } from "./reading-text.tsx";

/** A guideline as it is read: Markdown like every other text, each language's part in its own face. */
export function GuidelineText({ parts }: { readonly parts: readonly string[] }): ReactNode {
  return (
    <div className="guideline-text">
      {parts.map((part) => (
        <ReadingText key={part} text={part} language={null} />
      ))}
    </div>
  );
}
