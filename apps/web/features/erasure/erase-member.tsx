"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ErasureKind, type Member, type PersonDependants } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Field, Input, Select } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { Dialog } from "../../components/overlays/dialog.tsx";
import { toasts } from "../../components/overlays/toast-store.ts";
import { QueryView } from "../../components/query-view.tsx";
import { useSession } from "../session/signed-in.tsx";
import { erasuresQuery, personDependantsQuery } from "./erasure-queries.ts";
import { PersonList } from "./person-list.tsx";

/** What depends on somebody is named before anything of them is erased. Nobody erases themselves, or what is nobody. */
export function EraseMember({ member }: { readonly member: Member }): ReactNode {
  const t = useTranslations("erasure");
  const self = useSession().member.id === member.id;
  const [asked, setAsked] = useState(false);
  if (self || member.kind === "simulated") return null;
  return (
    <>
      <Button variant="ghost" aria-label={t("actionOf", { name: member.name })} onClick={() => setAsked(true)}>
        {t("action")}
      </Button>
      {asked ? <EraseDialog member={member} onClose={() => setAsked(false)} /> : null}
    </>
  );
}

interface DialogProps {
  readonly member: Member;
  readonly onClose: () => void;
}

function EraseDialog({ member, onClose }: DialogProps): ReactNode {
  const t = useTranslations("erasure");
  const dependants = useQuery(personDependantsQuery(member.id));
  const [what, setWhat] = useState<ErasureKind>("identity");
  const title = t("heading", { name: member.name });
  return (
    <Dialog label={title} open onClose={onClose}>
      <div className="grid gap-4 p-6 max-md:p-4">
        <h2 className="text-lg [overflow-wrap:anywhere]">{title}</h2>
        <p className="text-ink-2">{t("before")}</p>
        <Field label={t("what")} hint={t(`effects.${what}`)}>
          <Select data-focus-first value={what} onChange={(event) => setWhat(ErasureKind.parse(event.target.value))}>
            {ErasureKind.options.map((one) => (
              <option key={one} value={one}>
                {t(`kinds.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        <QueryView query={dependants}>
          {(found) => (
            <>
              <PersonList dependants={found} what={what} />
              <Confirm
                {...{ member, what, onClose, dependants: found }}
                onOutdated={() => {
                  void dependants.refetch();
                }}
              />
            </>
          )}
        </QueryView>
      </div>
    </Dialog>
  );
}

interface ConfirmProps extends DialogProps {
  readonly what: ErasureKind;
  readonly dependants: PersonDependants;
  readonly onOutdated: () => void;
}

/** Typed and not clicked: so nobody erases somebody else than they mean. */
function Confirm({ member, what, dependants, onClose, onOutdated }: ConfirmProps): ReactNode {
  const t = useTranslations("erasure");
  const common = useTranslations("common");
  const client = useQueryClient();
  const [typed, setTyped] = useState("");
  const { name } = dependants.member;
  const doIt = useMutation({
    mutationFn: () =>
      api.eraseMember({ params: { id: member.id }, body: { what, name: typed, stamp: dependants.stamp } }),
    onSuccess: async () => {
      toasts.show(t("done"));
      onClose();
      // Their name stands in many lists; none of them is worth keeping.
      await client.invalidateQueries();
      await client.invalidateQueries({ queryKey: erasuresQuery.queryKey });
    },
    onError: onOutdated,
  });
  const isTyped = typed.trim() === name.trim();
  return (
    <form
      noValidate
      className="grid gap-4 border-t border-line pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isTyped) doIt.mutate();
      }}
    >
      <Field label={t("type", { name })}>
        <Input autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />
      </Field>
      <FormProblem problem={doIt.error} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{common("cancel")}</Button>
        <Button type="submit" variant="danger" disabled={!isTyped} pending={doIt.isPending}>
          {t("erase")}
        </Button>
      </div>
    </form>
  );
}
