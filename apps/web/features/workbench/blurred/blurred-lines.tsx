import type { LeasedTask } from "@touchstone/contracts";
import type { ReactNode } from "react";
import { keyedBy } from "../../../components/keyed-by.ts";

/** Characters of a line as the desk sets them, and the most lines that are drawn of one text. */
const lineLength = 70;
const mostLines = 8;
/** In percent, one line after the other: lines of one length would look like a table. */
const widths = [96, 88, 93, 79, 98, 85, 91, 64];

/** As many grey lines as the texts of a task have, where they would stand: for the eye alone, and telling it nothing. */
export function BlurredLines({ task }: { readonly task: LeasedTask }): ReactNode {
  const asked = task.prompt.messages.map(({ content }) => content).join("\n");
  return (
    <div aria-hidden="true" data-blurred className="grid gap-8 blur-[3px] select-none">
      <Lines text={asked} />
      {task.completions.length > 0 ? (
        <div className="grid gap-8 border-t border-line pt-8 md:grid-cols-2">
          {task.completions.map(({ id, text }) => (
            <Lines key={id} text={text ?? ""} />
          ))}
        </div>
      ) : null}
    </div>
  );
}

function Lines({ text }: { readonly text: string }): ReactNode {
  const lines = Math.min(mostLines, Math.max(1, Math.ceil(text.length / lineLength)));
  return (
    <div className="grid max-w-read gap-3">
      {keyedBy(widths.slice(0, lines), String).map(({ key, item: width }) => (
        <i key={key} className="block h-3.5 rounded-full bg-line" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
