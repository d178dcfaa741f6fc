import type { ComponentProps, ReactNode } from "react";
import { type ButtonVariant, buttonLooks, buttonShape, linkHovers } from "./button.tsx";
import { classNames } from "./class-names.ts";

interface DownloadLinkProps extends ComponentProps<"a"> {
  readonly variant?: ButtonVariant;
}

/** A file to save, which looks like what acts; no route of the pages, so it is never fetched ahead. */
export function DownloadLink({ variant = "default", className, children, ...rest }: DownloadLinkProps): ReactNode {
  return (
    <a download {...rest} className={classNames(buttonShape, buttonLooks[variant], linkHovers[variant], className)}>
      {children}
    </a>
  );
}
