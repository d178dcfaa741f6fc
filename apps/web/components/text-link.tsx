import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names.ts";

export function TextLink({ className, ...rest }: ComponentProps<typeof Link>): ReactNode {
  return (
    <Link
      {...rest}
      className={classNames(
        "inline-flex min-h-6 items-center text-accent underline-offset-3 hover:underline",
        className,
      )}
    />
  );
}
