"use client";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Role } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { Field, Input, Select, Textarea } from "../../components/forms/field.tsx";
import type { FieldError } from "../../components/forms/field-errors.ts";
import { useFormats } from "../../components/use-formats.ts";
import { projectsQuery } from "../projects/project-queries.ts";
import { defaultConsent } from "./default-consent.ts";
import { membersQuery } from "./people-queries.ts";

interface FieldsProps {
  readonly errors: Readonly<Record<string, FieldError>>;
}

/** One person, with the role they will have. */
export function InvitationFields({ errors }: FieldsProps): ReactNode {
  const t = useTranslations("people.links.fields");
  const roles = useTranslations("shell.role");
  return (
    <>
      <Field label={t("role")} error={errors.role}>
        <Select name="role" defaultValue="annotator">
          {Role.options.map((role) => (
            <option key={role} value={role}>
              {roles(role)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t("note")} hint={t("noteHint")} error={errors.note}>
        <Input name="note" />
      </Field>
      <Hours initial={72} max={720} errors={errors} />
    </>
  );
}

/** Only people who sign in with an e-mail have a password to set anew. */
export function ResetFields({ errors }: FieldsProps): ReactNode {
  const t = useTranslations("people.links.fields");
  const members = useInfiniteQuery(membersQuery("person")).data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <Field label={t("member")} error={errors.memberId}>
        <Select name="memberId">
          {members
            .filter(({ email }) => email)
            .map(({ id, name, email }) => (
              <option key={id} value={id}>
                {name} ({email})
              </option>
            ))}
        </Select>
      </Field>
      <Hours initial={24} max={72} errors={errors} />
    </>
  );
}

interface OpenFieldsProps extends FieldsProps {
  /** The project that the page is about; without one it is chosen. */
  readonly projectId?: string | undefined;
}

/** Strangers become annotators of one project, as many as it has places for, after they have agreed. */
export function OpenFields({ errors, projectId }: OpenFieldsProps): ReactNode {
  const t = useTranslations("people.links.fields");
  const { locale } = useFormats();
  return (
    <>
      {projectId ? (
        <input type="hidden" name="projectId" value={projectId} />
      ) : (
        <ProjectChoice error={errors.projectId} />
      )}
      <div className="grid grid-cols-2 gap-3">
        <Field label={t("capacity")} error={errors.capacity}>
          <Input name="capacity" type="number" min={1} max={100_000} defaultValue={50} />
        </Field>
        <Field label={t("days")} error={errors.expiresInHours}>
          <Input name="expiresInDays" type="number" min={1} max={365} defaultValue={30} />
        </Field>
      </div>
      <div>
        <Checkbox name="nameAlone">{t("nameAlone")}</Checkbox>
        <p className="text-xs text-ink-3">{t("nameAloneHint")}</p>
      </div>
      <Field label={t("consent")} hint={t("consentHint")} error={errors.consent}>
        <Textarea name="consent" rows={9} defaultValue={defaultConsent(locale)} />
      </Field>
    </>
  );
}

function ProjectChoice({ error }: { readonly error: FieldError | undefined }): ReactNode {
  const t = useTranslations("people.links.fields");
  const projects = useQuery(projectsQuery).data?.items ?? [];
  const offered = projects.filter(({ state }) => state !== "archived");
  const hint = offered.length < projects.length ? t("projectHint") : undefined;
  return (
    <Field label={t("project")} hint={hint} error={error}>
      <Select name="projectId">
        {offered.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function Hours({ initial, max, errors }: FieldsProps & { readonly initial: number; readonly max: number }): ReactNode {
  const t = useTranslations("people.links.fields");
  return (
    <Field label={t("hours")} error={errors.expiresInHours}>
      <Input
        key={initial}
        name="expiresInHours"
        type="number"
        min={1}
        max={max}
        defaultValue={initial}
        className="w-28"
      />
    </Field>
  );
}
