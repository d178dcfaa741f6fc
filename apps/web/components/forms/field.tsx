"use client";
import { type ComponentProps, createContext, type ReactNode, use, useId } from "react";
import { classNames } from "../class-names.ts";
import type { FieldError } from "./field-errors.ts";
import { type IssueMessages, issueText } from "./issue-text.ts";
import { useIssueMessages } from "./use-issue-messages.ts";

interface FieldContext {
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
}
const Context = createContext<FieldContext | null>(null);

interface FieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: FieldError | undefined;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A label, one control, a hint and what is wrong, tied together for every kind of reader. */
export function Field({ label, hint, error, children, className }: FieldProps): ReactNode {
  const id = useId();
  const describedBy = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ") || undefined;
  return (
    <Context value={{ id, describedBy, invalid: error !== undefined }}>
      <div className={classNames("grid content-start gap-1", className)}>
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {children}
        {hint ? (
          <p id={`${id}-hint`} className="text-xs text-ink-3">
            {hint}
          </p>
        ) : null}
        <FaultText id={`${id}-error`} error={error} />
      </div>
    </Context>
  );
}

/** Why something is not accepted, in the page's language; by itself where it is about several fields together. */
export function FaultText({ id, error }: { readonly id?: string; readonly error: FieldError | undefined }): ReactNode {
  const say = useIssueMessages();
  if (!error) return null;
  return (
    <p id={id} className="flex items-baseline gap-1.5 text-xs text-warn">
      <i aria-hidden="true" className="mark" data-state="attention" />
      {textOf(error, say)}
    </p>
  );
}

function textOf(error: FieldError, say: IssueMessages): string {
  if (error.key === "said") return issueText(error, say);
  const { key, ...values } = error;
  return say.field(key, values);
}

/** `:where` lets a caller's own width win, whichever of the two the stylesheet names last. */
const control =
  "[:where(&)]:w-full min-w-0 rounded-md border border-line-strong bg-surface px-2.5 text-md placeholder:text-ink-3 aria-invalid:border-warn disabled:opacity-55 file:mr-3 file:h-full file:border-r file:border-line file:pr-3 file:font-medium file:text-ink-2";
const height = "h-(--control) max-md:h-(--control-touch)";

function useControl(): { id?: string; "aria-describedby"?: string; "aria-invalid"?: true } {
  const field = use(Context);
  if (!field) return {};
  return {
    id: field.id,
    ...(field.describedBy ? { "aria-describedby": field.describedBy } : {}),
    ...(field.invalid ? { "aria-invalid": true } : {}),
  };
}

export function Input({ className, ...rest }: ComponentProps<"input">): ReactNode {
  return <input {...useControl()} {...rest} className={classNames(control, height, className)} />;
}

export function Select({ className, ...rest }: ComponentProps<"select">): ReactNode {
  return <select {...useControl()} {...rest} className={classNames(control, height, className)} />;
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">): ReactNode {
  return (
    <textarea
      {...useControl()}
      {...rest}
      className={classNames(control, "min-h-24 py-1.5 leading-relaxed", className)}
    />
  );
}
