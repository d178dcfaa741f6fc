"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ErasureKind, type Member, type PersonDependants } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Field, Select } from "../../components/forms/field.tsx";
import { Dialog } from "../../components/overlays/dialog.tsx";
import { toasts } from "../../components/overlays/toast-store.ts";
import { QueryView } from "../../components/query-view.tsx";
import { ConfirmByName } from "../deletions/confirm-by-name.tsx";
import { useSession } from "../session/signed-in.tsx";
import { personDependantsQuery } from "./erasure-queries.ts";
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
              <Confirm {...{ member, what, onClose, dependants: found }} onOutdated={() => dependants.refetch()} />
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

function Confirm({ member, what, dependants, onClose, onOutdated }: ConfirmProps): ReactNode {
  const t = useTranslations("erasure");
  const client = useQueryClient();
  const { name } = dependants.member;
  const doIt = useMutation({
    mutationFn: (typed: string) =>
      api.eraseMember({ params: { id: member.id }, body: { what, name: typed, stamp: dependants.stamp } }),
    onSuccess: async () => {
      toasts.show(t("done"));
      onClose();
      // Their name stands in many lists; none of them is worth keeping.
      await client.invalidateQueries();
    },
    onError: onOutdated,
  });
  return (
    <ConfirmByName
      name={name}
      asks={t("type", { name })}
      action={t("erase")}
      pending={doIt.isPending}
      problem={doIt.error}
      onConfirm={doIt.mutate}
      onCancel={onClose}
    />
  );
}
