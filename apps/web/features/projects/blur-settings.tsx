"use client";
import { Blur, type ProjectView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Field, Select } from "../../components/forms/field.tsx";
import { SettingsGroup, useSettingsForm } from "./settings-group.tsx";

/** What nobody is shown at the desk unasked. */
export function BlurSettings({ project }: { readonly project: ProjectView }): ReactNode {
  const t = useTranslations("projects.settings.blur");
  const form = useSettingsForm(project);
  return (
    <SettingsGroup
      title={t("title")}
      form={form}
      onSave={(data) => form.submit({ blur: Blur.safeParse(data.get("blur")).data })}
    >
      <Field label={t("what")} hint={t("hint")} error={form.errors.blur}>
        <Select name="blur" defaultValue={project.blur}>
          {Blur.options.map((one) => (
            <option key={one} value={one}>
              {t(one)}
            </option>
          ))}
        </Select>
      </Field>
    </SettingsGroup>
  );
}
