"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type LinkCreated, LinkDraft, LinkKind } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Field, Select } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { LinkDialog } from "./link-dialog.tsx";
import { InvitationFields, OpenFields, ResetFields } from "./link-fields.tsx";
import { linksQuery } from "./people-queries.ts";

const fieldsOf = { invitation: InvitationFields, "password-reset": ResetFields, open: OpenFields } as const;
const numbers: ReadonlySet<string> = new Set(["capacity", "expiresInHours", "expiresInDays"]);

/** What stands in the form, in the shape of the draft. People think of an open link in days, the API in hours. */
function draftOf(data: FormData): Record<string, unknown> {
  const values = Object.fromEntries(
    [...data].map(([name, value]) => [name, numbers.has(name) ? Number(value) : value] as const),
  );
  const { expiresInDays, nameAlone, ...others } = values;
  // A box that is not checked is not in the form.
  const rest = nameAlone === undefined ? others : { ...others, nameAlone: true };
  return typeof expiresInDays === "number" ? { ...rest, expiresInHours: expiresInDays * 24 } : rest;
}

interface NewLinkProps {
  /** Makes open links of this project only. */
  readonly projectId?: string;
}

/** The form, and the link that it made in a dialog. */
export function NewLink({ projectId }: NewLinkProps): ReactNode {
  const t = useTranslations("people.links");
  const client = useQueryClient();
  const [kind, setKind] = useState<LinkKind>(projectId ? "open" : "invitation");
  const reach = useQuery(linksQuery).data?.reach;
  const [made, setMade] = useState<LinkCreated | null>(null);
  const form = useSchemaForm({
    schema: LinkDraft,
    send: (body) => api.createLink({ body }),
    onDone: (link) => {
      setMade(link);
      void client.invalidateQueries({ queryKey: linksQuery.queryKey });
    },
  });
  const Fields = fieldsOf[kind];
  return (
    <Card title={t("create.title")} note={kind === "open" ? undefined : t("create.note")}>
      <form
        noValidate
        aria-label={t("create.title")}
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          setMade(null);
          form.submit(draftOf(new FormData(event.currentTarget)));
        }}
      >
        {projectId ? (
          <input type="hidden" name="kind" value="open" />
        ) : (
          <Field label={t("kind")} hint={t(`about.${kind}`)}>
            <Select name="kind" value={kind} onChange={(event) => setKind(LinkKind.parse(event.target.value))}>
              {LinkKind.options.map((one) => (
                <option key={one} value={one}>
                  {t(`kinds.${one}`)}
                </option>
              ))}
            </Select>
          </Field>
        )}
        <Fields errors={form.errors} projectId={projectId} />
        <FormProblem problem={form.problem} />
        <Button type="submit" variant="primary" pending={form.pending} className="justify-self-start">
          {t("create.submit")}
        </Button>
      </form>
      {made && reach ? <LinkDialog link={made} reach={reach} onClose={() => setMade(null)} /> : null}
    </Card>
  );
}
