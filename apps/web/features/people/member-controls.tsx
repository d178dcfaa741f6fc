"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Member, type MemberChange, Role } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { Select } from "../../components/forms/field.tsx";
import { useSession } from "../session/signed-in.tsx";
import { Confirm } from "./confirm.tsx";
import { membersKey } from "./people-queries.ts";

interface MemberProps {
  readonly member: Member;
}

function useChange(member: Member, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: MemberChange) => api.changeMember({ params: { id: member.id }, body }),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: membersKey(member.kind) }),
  });
}

/** A choice is only proposed here, since one arrow key on the closed menu makes one; it takes effect when confirmed. */
export function MemberRole({ member }: MemberProps): ReactNode {
  const t = useTranslations("people.members");
  const roles = useTranslations("shell.role");
  const [wanted, setWanted] = useState<Role | null>(null);
  const change = useChange(member, () => setWanted(null));
  const cancel = (): void => {
    setWanted(null);
    change.reset();
  };
  return (
    <>
      <Select
        aria-label={t("roleOf", { name: member.name })}
        className="w-36 max-md:w-28"
        value={wanted ?? member.role}
        disabled={change.isPending}
        onChange={(event) => setWanted(Role.parse(event.target.value))}
      >
        {Role.options.map((role) => (
          <option key={role} value={role}>
            {roles(role)}
          </option>
        ))}
      </Select>
      {wanted && wanted !== member.role ? (
        <Confirm
          title={t("changeRole.title", { name: member.name, role: wanted })}
          action={t("changeRole.action")}
          pending={change.isPending}
          problem={change.error}
          onConfirm={() => change.mutate({ role: wanted })}
          onCancel={cancel}
        >
          {t(`changeRole.can.${wanted}`)}
        </Confirm>
      ) : null}
    </>
  );
}

/** Whether they can sign in. Nobody can shut themselves out here. */
export function MemberAccess({ member }: MemberProps): ReactNode {
  const t = useTranslations("people.members");
  const self = useSession().member.id === member.id;
  const [asks, setAsks] = useState(false);
  const change = useChange(member, () => setAsks(false));
  if (member.kind !== "person") return null;
  const { disabled, name } = member;
  const cancel = (): void => {
    setAsks(false);
    change.reset();
  };
  return (
    <span className="flex items-center gap-2">
      <Chip state={disabled ? "rest" : "ok"}>{self ? t("you") : t(disabled ? "disabled" : "active")}</Chip>
      {self ? null : (
        <Button
          variant="ghost"
          aria-label={t(disabled ? "enableName" : "disableName", { name })}
          onClick={() => setAsks(true)}
        >
          {t(disabled ? "enable" : "disable")}
        </Button>
      )}
      {asks ? (
        <Confirm
          title={t(disabled ? "enableTitle" : "disableTitle", { name })}
          action={t(disabled ? "enable" : "disable")}
          pending={change.isPending}
          problem={change.error}
          onConfirm={() => change.mutate({ disabled: !disabled })}
          onCancel={cancel}
        >
          {t(disabled ? "enableBody" : "disableBody")}
        </Confirm>
      ) : null}
    </span>
  );
}
