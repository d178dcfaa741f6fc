import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { KeyHint } from "./keyboard/key-hint.tsx";

/** `primary` is filled: at most one a screen. `ghost` is text only, for bars. `danger` asks before it acts. */
export type ButtonVariant = "default" | "primary" | "ghost" | "danger";

export const buttonShape =
  "inline-flex items-center justify-center gap-2 rounded-md px-3 h-(--control) max-md:h-(--control-touch) font-medium whitespace-nowrap select-none transition-colors duration-(--fast) disabled:opacity-55";

export const buttonLooks: Record<ButtonVariant, string> = {
  default: "border border-edge bg-surface shadow-sm enabled:hover:bg-sunken",
  primary: "border border-accent bg-accent text-on-accent shadow-sm enabled:hover:bg-accent-hover",
  danger: "border border-edge bg-surface text-warn shadow-sm enabled:hover:bg-warn-soft",
  ghost: "px-2 font-normal text-ink-2 enabled:hover:bg-sunken enabled:hover:text-ink",
};

export interface ButtonProps extends ComponentProps<"button"> {
  readonly variant?: ButtonVariant;
  /** The key that presses this button; shown inside it and told to assistive technology. */
  readonly shortcut?: string;
  /** While true the button cannot be pressed again; the reason is a streak elsewhere, not a spinner. */
  readonly pending?: boolean;
}

export function Button({
  variant = "default",
  shortcut,
  pending,
  className,
  children,
  ...rest
}: ButtonProps): ReactNode {
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled || pending}
      aria-busy={pending || undefined}
      aria-keyshortcuts={shortcut}
      className={classNames(buttonShape, buttonLooks[variant], className)}
    >
      {shortcut ? <KeyHint value={shortcut} /> : null}
      {children}
    </button>
  );
}

export interface ButtonLinkProps extends ComponentProps<typeof Link> {
  readonly variant?: ButtonVariant;
}

/** `enabled:` does not match links, so hovers are said again. */
export const linkHovers: Record<ButtonVariant, string> = {
  default: "hover:bg-sunken",
  primary: "hover:bg-accent-hover",
  danger: "hover:bg-warn-soft",
  ghost: "hover:bg-sunken hover:text-ink",
};

/** Goes somewhere, and looks like what acts. */
export function ButtonLink({ variant = "default", className, ...rest }: ButtonLinkProps): ReactNode {
  return <Link {...rest} className={classNames(buttonShape, buttonLooks[variant], linkHovers[variant], className)} />;
}
