"use client";
import { Aggregation, ExportContainer, ExportFormat } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { Field, Input, Select } from "../../components/forms/field.tsx";
import { aggregationsOf, type ChosenExport, compresses, fitting, isLicense, takesMargin } from "./asked-export.ts";
import { purposesInOrder } from "./purposes.ts";

interface Props {
  readonly chosen: ChosenExport;
  readonly onChange: (chosen: ChosenExport) => void;
  /** Of a frozen set nothing more is asked about what is in it, and the name of a stored file says nothing of a licence. */
  readonly of?: "project" | "set" | "file";
}

/** What is exported and as which file. Only what fits the format is asked; the rest is kept for another one. */
export function ExportChoices({ chosen, onChange, of = "project" }: Props): ReactNode {
  const t = useTranslations("exports");
  const { format, container } = chosen;
  const change = (changed: Partial<ChosenExport>) => onChange({ ...chosen, ...changed });
  const aggregations = aggregationsOf(format);
  return (
    <>
      <Field label={t("format")} hint={t(`about.${format}`)}>
        <Select
          value={format}
          onChange={({ target }) =>
            change({ format: ExportFormat.options.find((one) => one === target.value) ?? format })
          }
        >
          {purposesInOrder.map(([purpose, formats]) => (
            <optgroup key={purpose} label={t(`purposes.${purpose}`)}>
              {formats.map((one) => (
                <option key={one} value={one}>
                  {t(`formats.${one}`)}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
      </Field>
      {aggregations.length > 1 ? (
        <Field label={t("aggregation")}>
          <Select
            value={fitting(chosen).aggregation}
            onChange={({ target }) => change({ aggregation: Aggregation.parse(target.value) })}
          >
            {aggregations.map((one) => (
              <option key={one} value={one}>
                {t(`aggregations.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
      <Field label={t("container")} hint={t(`aboutContainer.${container}`)}>
        <Select value={container} onChange={({ target }) => change({ container: ExportContainer.parse(target.value) })}>
          {ExportContainer.options.map((one) => (
            <option key={one} value={one}>
              {t(`containers.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      {container === "folder" && of !== "file" ? (
        <Field
          label={t("license")}
          hint={t("licenseHint")}
          error={isLicense(chosen.license) ? undefined : { key: "said", message: t("licenseWrong") }}
        >
          <Input
            value={chosen.license}
            autoComplete="off"
            onChange={({ target }) => change({ license: target.value.trim() })}
          />
        </Field>
      ) : null}
      {compresses(container) ? (
        <Checkbox checked={chosen.gzip} onChange={({ target }) => change({ gzip: target.checked })}>
          {t("gzip")}
        </Checkbox>
      ) : null}
      {takesMargin(format) ? (
        <Checkbox checked={chosen.margin} onChange={({ target }) => change({ margin: target.checked })}>
          {t("margin")}
        </Checkbox>
      ) : null}
      {of !== "project" ? null : (
        <Checkbox
          checked={chosen.includeSimulated}
          onChange={({ target }) => change({ includeSimulated: target.checked })}
        >
          {t("includeSimulated")}
        </Checkbox>
      )}
      {format === "judgements" && of === "project" ? (
        <>
          <Checkbox
            checked={chosen.includeRepeats}
            onChange={({ target }) => change({ includeRepeats: target.checked })}
          >
            {t("includeRepeats")}
          </Checkbox>
          <Checkbox
            checked={chosen.includeLeftOut}
            onChange={({ target }) => change({ includeLeftOut: target.checked })}
          >
            {t("includeLeftOut")}
          </Checkbox>
        </>
      ) : null}
    </>
  );
}
