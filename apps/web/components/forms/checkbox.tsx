import type { ComponentProps, ReactNode } from "react";

/** A box with its sentence beside it; the whole line can be pressed. */
export function Checkbox({ children, ...rest }: Omit<ComponentProps<"input">, "type">): ReactNode {
  return (
    <label className="flex min-h-(--control) items-start gap-2 py-1.5 leading-snug max-md:min-h-(--control-touch)">
      <input type="checkbox" {...rest} className="mt-px size-4 flex-none accent-(--accent)" />
      <span>{children}</span>
    </label>
  );
}
