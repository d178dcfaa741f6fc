"use client";
import type { ComponentProps, ReactNode } from "react";
import { Input } from "./field.tsx";

type Props = Pick<ComponentProps<"input">, "accept" | "multiple" | "disabled"> & {
  /** Also with none, where a choice was taken back. */
  readonly onFiles: (files: File[]) => void;
};

/** Where files are chosen, within a `Field`. The same one chosen again is told again: it may have been mended. */
export function FileInput({ onFiles, ...input }: Props): ReactNode {
  return (
    <Input
      {...input}
      type="file"
      className="py-1"
      onClick={(event) => {
        event.currentTarget.value = "";
      }}
      onChange={(event) => onFiles([...(event.target.files ?? [])])}
    />
  );
}
