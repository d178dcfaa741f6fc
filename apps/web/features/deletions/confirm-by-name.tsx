import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Field, Input } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";

interface ConfirmByNameProps {
  /** What is to be typed, and the words that ask for it. */
  readonly name: string;
  readonly asks: string;
  /** As the button says it. */
  readonly action: string;
  readonly pending: boolean;
  readonly problem: Error | null;
  /** Where nothing else in the dialog comes before it. */
  readonly focusFirst?: boolean;
  readonly onConfirm: (typed: string) => void;
  readonly onCancel: () => void;
}

/** Typed and not clicked: so nobody deletes or erases another than they mean. */
export function ConfirmByName(props: ConfirmByNameProps): ReactNode {
  const { name, asks, action, pending, problem, focusFirst = false, onConfirm, onCancel } = props;
  const common = useTranslations("common");
  const [typed, setTyped] = useState("");
  const isTyped = typed.trim() === name.trim();
  return (
    <form
      noValidate
      className="grid gap-4 border-t border-line pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isTyped) onConfirm(typed);
      }}
    >
      <Field label={asks}>
        <Input
          data-focus-first={focusFirst || undefined}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </Field>
      <FormProblem problem={problem} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>{common("cancel")}</Button>
        <Button type="submit" variant="danger" disabled={!isTyped} pending={pending}>
          {action}
        </Button>
      </div>
    </form>
  );
}
