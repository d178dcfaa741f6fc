"use client";
import { useQueryClient } from "@tanstack/react-query";
import { type Member, MemberChange } from "@touchstone/contracts";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Field, Input } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { Dialog } from "../../components/overlays/dialog.tsx";
import { languageName } from "../work/wait-words.tsx";
import { listOf } from "./list-of.ts";
import { membersQuery } from "./people-queries.ts";

/** The groups somebody is in and the languages they read, by which projects give them tasks. */
export function MemberAssignment({ member }: { readonly member: Member }): ReactNode {
  const t = useTranslations("people.members.assignment");
  const locale = useLocale();
  const [edits, setEdits] = useState(false);
  if (member.kind !== "person") return null;
  const languages = member.languages.map((code) => languageName(code, locale));
  const words = [...member.groups, ...languages].join(", ");
  return (
    <span className="flex items-center gap-2">
      <span className="max-w-48 truncate text-ink-2">{words}</span>
      <Button variant="ghost" aria-label={t("changeOf", { name: member.name })} onClick={() => setEdits(true)}>
        {t("change")}
      </Button>
      {edits ? <EditAssignment member={member} onClose={() => setEdits(false)} /> : null}
    </span>
  );
}

interface EditProps {
  readonly member: Member;
  readonly onClose: () => void;
}

function EditAssignment({ member, onClose }: EditProps): ReactNode {
  const t = useTranslations("people.members.assignment");
  const common = useTranslations("common");
  const client = useQueryClient();
  const form = useSchemaForm({
    schema: MemberChange,
    send: (body) => api.changeMember({ params: { id: member.id }, body }),
    onDone: () => {
      void client.invalidateQueries({ queryKey: membersQuery(member.kind).queryKey });
      onClose();
    },
  });
  const title = t("changeName", { name: member.name });
  return (
    <Dialog label={title} open onClose={onClose}>
      <form
        noValidate
        className="grid gap-4 p-6 max-md:p-4"
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          form.submit({ groups: listOf(data.get("groups")), languages: listOf(data.get("languages")) });
        }}
      >
        <h2 className="text-lg">{title}</h2>
        <Field label={t("groups")} hint={t("groupsHint")} error={form.errors.groups}>
          <Input name="groups" data-focus-first defaultValue={member.groups.join(", ")} />
        </Field>
        <Field
          label={t("languages")}
          hint={t("languagesHint")}
          error={form.errors.languages ?? form.errors["languages.0"]}
        >
          <Input name="languages" defaultValue={member.languages.join(", ")} />
        </Field>
        <FormProblem problem={form.refusal} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" variant="primary" pending={form.pending}>
            {common("save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
