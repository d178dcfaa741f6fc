import type { ReactNode } from "react";
import { classNames } from "../../components/class-names.ts";
import { languageOf } from "../workbench/text/guess-language.ts";
import { ReadingText } from "../workbench/views/reading-text.tsx";
import { WrittenText } from "../workbench/views/written-text.tsx";

interface ChatBubbleProps {
  /** Who speaks, in the reader's words: “You”, “Answer A”. */
  readonly label: ReactNode;
  readonly text: string;
  /** Of whoever asks: set apart from what is answered. */
  readonly own?: boolean;
  /** More of it is to come: shown as written, and set as its Markdown says once it is whole. */
  readonly growing?: boolean;
  readonly language?: string | null;
  /** Stands where a text will be, as long as there is none. */
  readonly waiting?: ReactNode;
  /** Below the text: what it is worth, what can be done with it. */
  readonly children?: ReactNode;
}

/** One turn of a conversation. */
export function ChatBubble(props: ChatBubbleProps): ReactNode {
  const { label, text, own = false, growing = false, language = null, waiting, children } = props;
  return (
    <article
      aria-busy={growing || undefined}
      className={classNames(
        "grid max-w-read min-w-0 gap-1 rounded-lg px-3 py-2 wrap-anywhere",
        own ? "bg-sunken" : "border border-line bg-surface",
      )}
    >
      <p className="text-xs font-medium text-ink-3">{label}</p>
      <TextOf text={text} growing={growing} language={language} waiting={waiting} />
      {children}
    </article>
  );
}

type TextOfProps = Required<Pick<ChatBubbleProps, "text" | "growing" | "language">> & Pick<ChatBubbleProps, "waiting">;

function TextOf({ text, growing, language, waiting }: TextOfProps): ReactNode {
  if (text === "" && waiting !== undefined) return <p className="text-ink-3">{waiting}</p>;
  // Set anew with each piece, half a table or an open fence would jump under the reader.
  if (growing) return <WrittenText text={text} lang={languageOf(text, language)} />;
  return <ReadingText text={text} language={language} />;
}
