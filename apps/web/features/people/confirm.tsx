"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { Dialog } from "../../components/overlays/dialog.tsx";

interface ConfirmProps {
  readonly title: string;
  /** What will be so afterwards. */
  readonly children: ReactNode;
  readonly action: string;
  readonly pending: boolean;
  readonly problem: unknown;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks before what takes effect for somebody else at once. Cancel has the focus: Enter alone changes nothing. */
export function Confirm({ title, children, action, pending, problem, onConfirm, onCancel }: ConfirmProps): ReactNode {
  const common = useTranslations("common");
  return (
    <Dialog label={title} open onClose={onCancel}>
      <div className="grid gap-4 p-6 max-md:p-4">
        <h2 className="text-lg">{title}</h2>
        <p className="text-ink-2">{children}</p>
        <FormProblem problem={problem} />
        <div className="flex justify-end gap-2">
          <Button data-focus-first onClick={onCancel}>
            {common("cancel")}
          </Button>
          <Button variant="danger" pending={pending} onClick={onConfirm}>
            {action}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
