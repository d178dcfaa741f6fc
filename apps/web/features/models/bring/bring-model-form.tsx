"use client";
import { modelFilesOf, nameOfModelFiles } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Field, Input } from "../../../components/forms/field.tsx";
import { FormProblem } from "../../../components/forms/form-problem.tsx";
import { AddressForm } from "../../imports/sources/address-form.tsx";
import { UploadProgress } from "../../imports/sources/upload-progress.tsx";
import { useLaunch } from "../../runs/use-launch.ts";
import { AdapterBase } from "./adapter-base.tsx";
import { DropModelFiles } from "./drop-model-files.tsx";
import { ModelFileList } from "./model-file-list.tsx";
import { ServerFolder } from "./server-folder.tsx";
import { useAdapterBase } from "./use-adapter-base.ts";
import { useModelFiles } from "./use-model-files.ts";

/** Its files first, then what it shall be called; a run reads them and says what came in. */
export function BringModelForm({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("models.bring");
  const files = useModelFiles(projectId);
  const base = useAdapterBase();
  const [name, setName] = useState<string | null>(null);
  const [context, setContext] = useState("");
  const names = files.chosen.map((file) => file.name);
  const read = modelFilesOf(names);
  const form = useLaunch(projectId);
  const called = name ?? nameOfModelFiles(names) ?? "";
  const isAdapter = read.form === "adapter";
  const take = (given: readonly File[]): void => {
    base.look(given);
    files.take(given);
  };
  return (
    <>
      <DropModelFiles onFiles={take} />
      <details>
        <summary className="cursor-pointer text-accent">{t("fromAddress")}</summary>
        <div className="mt-3">
          <AddressForm projectId={projectId} onBrought={files.brought} />
        </div>
      </details>
      {files.spool?.hasFolder ? (
        <details>
          <summary className="cursor-pointer text-accent">{t("fromFolder")}</summary>
          <div className="mt-3">
            <ServerFolder projectId={projectId} onBrought={files.brought} />
          </div>
        </details>
      ) : null}
      <UploadProgress upload={files.upload} />
      <ModelFileList files={files} />
      <form
        noValidate
        aria-label={t("title")}
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const spec = {
            files: files.chosen.map(({ id }) => id),
            ...(context === "" ? {} : { context: Number(context) }),
          };
          const policy = isAdapter && base.chosen ? { modelVersionId: base.chosen.id } : undefined;
          form.submit({ kind: "import", name: called.trim() === "" ? undefined : called.trim(), policy, spec });
        }}
      >
        {isAdapter ? <AdapterBase base={base} error={form.errors.policy} /> : null}
        <Field label={t("name")} error={form.errors.name}>
          <Input value={called} maxLength={200} autoComplete="off" onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={t("context")} hint={t("contextHint")} error={form.errors["spec.context"]}>
          <Input
            type="number"
            inputMode="numeric"
            min={8}
            max={4096}
            placeholder="4096"
            className="max-w-32"
            value={context}
            onChange={(event) => setContext(event.target.value)}
          />
        </Field>
        <FormProblem problem={form.refusal} />
        <Button
          type="submit"
          variant="primary"
          pending={form.pending}
          disabled={names.length === 0 || read.fault !== null || files.upload.state !== null}
          className="justify-self-start"
        >
          {t("submit")}
        </Button>
      </form>
    </>
  );
}
