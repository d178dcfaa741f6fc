"use client";
import { ExportFormat } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { Field, Select } from "../../components/forms/field.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { ExportSample } from "./export-sample.tsx";
import { ExportSize } from "./export-size.tsx";

/** The browser streams the file to disk by itself, so it may be of any size. */
export function ExportPage({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("exports");
  const [format, setFormat] = useState<ExportFormat>("trl-preference");
  const [includeSimulated, setIncludeSimulated] = useState(false);
  const [includeRepeats, setIncludeRepeats] = useState(false);
  const [includeLeftOut, setIncludeLeftOut] = useState(false);
  // Of the raw format alone.
  const raw = format === "judgements";
  const further = `${raw && includeRepeats ? "&includeRepeats=true" : ""}${raw && includeLeftOut ? "&includeLeftOut=true" : ""}`;
  const asked = `format=${format}&includeSimulated=${includeSimulated}${further}`;
  const address = `/api/projects/${projectId}/exports?${asked}`;
  return (
    <ProjectFrame id={projectId}>
      {(project) => (
        <>
          <PageHead title={t("title")} />
          <div className="grid max-w-read gap-4">
            <Field label={t("format")} hint={t(`about.${format}`)}>
              <Select
                value={format}
                onChange={(event) =>
                  setFormat(ExportFormat.options.find((one) => one === event.target.value) ?? format)
                }
              >
                {ExportFormat.options.map((one) => (
                  <option key={one} value={one}>
                    {t(`formats.${one}`)}
                  </option>
                ))}
              </Select>
            </Field>
            <Checkbox checked={includeSimulated} onChange={(event) => setIncludeSimulated(event.target.checked)}>
              {t("includeSimulated")}
            </Checkbox>
            {raw ? (
              <>
                <Checkbox checked={includeRepeats} onChange={(event) => setIncludeRepeats(event.target.checked)}>
                  {t("includeRepeats")}
                </Checkbox>
                <Checkbox checked={includeLeftOut} onChange={(event) => setIncludeLeftOut(event.target.checked)}>
                  {t("includeLeftOut")}
                </Checkbox>
              </>
            ) : null}
            <p className="max-w-read text-ink-2">{t("what")}</p>
            <ExportSize projectId={projectId} format={format} includeSimulated={includeSimulated} />
            <ExportSample projectId={projectId} format={format} includeSimulated={includeSimulated} />
            <a
              href={address}
              download={`${project.name}.${format}.${new Date().toISOString().slice(0, 10)}.jsonl`}
              className="inline-flex h-(--control) items-center justify-self-start rounded-md border border-accent bg-accent px-5 font-medium text-on-accent hover:bg-accent-hover max-md:h-(--control-touch)"
            >
              {t("submit")}
            </a>
          </div>
        </>
      )}
    </ProjectFrame>
  );
}
