"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Member, type MemberChange, Role } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { Select } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSession } from "../session/signed-in.tsx";
import { membersQuery } from "./people-queries.ts";

interface MemberProps {
  readonly member: Member;
}

function useChange(member: Member) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: MemberChange) => api.changeMember({ params: { id: member.id }, body }),
    onSettled: () => client.invalidateQueries({ queryKey: membersQuery(member.kind).queryKey }),
  });
}

/** Shows the wanted role while it is on its way, and the old one again if it is refused (the last admin stays one). */
export function MemberRole({ member }: MemberProps): ReactNode {
  const t = useTranslations("people.members");
  const roles = useTranslations("shell.role");
  const change = useChange(member);
  return (
    <span className="grid gap-1">
      <Select
        aria-label={t("roleOf", { name: member.name })}
        className="w-36 max-md:w-28"
        value={change.isPending ? change.variables.role : member.role}
        disabled={change.isPending}
        onChange={(event) => change.mutate({ role: Role.parse(event.target.value) })}
      >
        {Role.options.map((role) => (
          <option key={role} value={role}>
            {roles(role)}
          </option>
        ))}
      </Select>
      <FormProblem problem={change.error} />
    </span>
  );
}

/** Whether they can sign in. Nobody can shut themselves out here. */
export function MemberAccess({ member }: MemberProps): ReactNode {
  const t = useTranslations("people.members");
  const self = useSession().member.id === member.id;
  const change = useChange(member);
  if (member.kind !== "person") return null;
  const { disabled } = member;
  return (
    <span className="flex items-center gap-2">
      <Chip state={disabled ? "rest" : "ok"}>{self ? t("you") : t(disabled ? "disabled" : "active")}</Chip>
      {self ? null : (
        <Button
          variant="ghost"
          aria-label={t(disabled ? "enableName" : "disableName", { name: member.name })}
          pending={change.isPending}
          onClick={() => change.mutate({ disabled: !disabled })}
        >
          {t(disabled ? "enable" : "disable")}
        </Button>
      )}
      <FormProblem problem={change.error} />
    </span>
  );
}
