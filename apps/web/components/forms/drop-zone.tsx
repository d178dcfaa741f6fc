"use client";
import { type ReactNode, useState } from "react";
import { classNames } from "../class-names.ts";

interface Props {
  readonly onFiles: (files: readonly File[]) => void;
  /** The control by which everybody can choose files; dropping is a convenience beside it. */
  readonly children: ReactNode;
}

export function DropZone({ onFiles, children }: Props): ReactNode {
  const [over, setOver] = useState(false);
  return (
    <fieldset
      className={classNames(
        "min-w-0 rounded-lg border border-dashed p-3",
        over ? "border-accent bg-sunken" : "border-line-strong",
      )}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
    </fieldset>
  );
}
