"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ApiTokenCreated, ApiTokenDraft, Role } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Field, Input, Select } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { SecretToCopy } from "../../components/secret-to-copy.tsx";
import { useSession } from "../session/signed-in.tsx";
import { tokensQuery } from "./people-queries.ts";

/** A token can do at most what its owner can, and has the least role unless more is asked for. */
export function NewApiToken(): ReactNode {
  const t = useTranslations("people.tokens");
  const roles = useTranslations("shell.role");
  const client = useQueryClient();
  const { role: own } = useSession().member;
  const [made, setMade] = useState<(ApiTokenCreated & { readonly at: number }) | null>(null);
  // A token that was revoked meanwhile is nothing to copy any more.
  const tokens = useQuery(tokensQuery);
  const isRevoked = made && tokens.dataUpdatedAt > made.at && !tokens.data?.items.some(({ id }) => id === made.id);
  const form = useSchemaForm({
    schema: ApiTokenDraft,
    send: (body) => api.createApiToken({ body }),
    onDone: (token) => {
      setMade({ ...token, at: Date.now() });
      void client.invalidateQueries({ queryKey: tokensQuery.queryKey });
    },
  });
  return (
    <Card title={t("create.title")}>
      <form
        noValidate
        aria-label={t("create.title")}
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          setMade(null);
          const data = new FormData(event.currentTarget);
          form.submit({
            name: data.get("name"),
            role: data.get("role"),
            expiresInDays: Number(data.get("expiresInDays")),
          });
        }}
      >
        <Field label={t("name")} hint={t("create.nameHint")} error={form.errors.name}>
          <Input name="name" />
        </Field>
        <Field label={t("role")} hint={t("create.roleHint")} error={form.errors.role}>
          <Select name="role" defaultValue={Role.options.at(-1)}>
            {Role.options.slice(Role.options.indexOf(own)).map((role) => (
              <option key={role} value={role}>
                {roles(role)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t("create.days")} error={form.errors.expiresInDays}>
          <Input name="expiresInDays" type="number" min={1} max={730} defaultValue={90} className="w-28" />
        </Field>
        <FormProblem problem={form.problem} />
        <Button type="submit" variant="primary" pending={form.pending} className="justify-self-start">
          {t("create.submit")}
        </Button>
      </form>
      {made && !isRevoked ? (
        <div className="mt-4">
          <SecretToCopy label={t("create.token")} value={made.token} note={t("create.once")} />
        </div>
      ) : null}
    </Card>
  );
}
