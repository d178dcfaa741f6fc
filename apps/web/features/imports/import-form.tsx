"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ImportFormat, type ImportQuery } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { WaitingStreak } from "../../components/figures/streak.tsx";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { Field, Input, Select, Textarea } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { firstRows } from "./first-rows.ts";
import { type Guess, guess } from "./guess-mapping.ts";
import { ImportResult } from "./import-result.tsx";

interface Sending {
  readonly file: File;
  readonly query: ImportQuery;
}

/** The file decides what the form proposes; everything proposed can be changed before it is sent. */
export function ImportForm({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("imports");
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [proposal, setProposal] = useState<Guess>({ format: "trl-preference", mapping: {} });
  const send = useMutation({
    mutationFn: ({ file: chosen, query }: Sending) =>
      api.importRows({
        params: { id: projectId },
        query,
        upload: {
          body: chosen,
          contentType: chosen.name.endsWith(".gz") ? "application/gzip" : "application/x-ndjson",
        },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["project", projectId] }),
  });
  const choose = async (chosen: File | null) => {
    send.reset();
    setFile(chosen);
    if (chosen) setProposal(guess(await firstRows(chosen)));
  };
  const submit = (data: FormData) => {
    if (!file) return;
    const mapping = proposal.format === "columns" ? { mapping: String(data.get("mapping")) } : {};
    const question = data.get("question") === "rating" ? "rating" : "preference";
    send.mutate({
      file,
      query: { format: proposal.format, question, open: data.has("open") ? "true" : "false", ...mapping },
    });
  };
  return (
    <form
      className="grid max-w-read gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit(new FormData(event.currentTarget));
      }}
    >
      <Field label={t("file")} hint={t("fileHint")}>
        <Input
          type="file"
          accept=".jsonl,.ndjson,.json,.gz"
          className="py-1"
          onChange={(event) => void choose(event.target.files?.[0] ?? null)}
        />
      </Field>
      <Field label={t("format")} hint={t(`about.${proposal.format}`)}>
        <Select
          value={proposal.format}
          onChange={(event) => {
            const format = ImportFormat.options.find((one) => one === event.target.value);
            if (format) setProposal({ ...proposal, format });
          }}
        >
          {ImportFormat.options.map((format) => (
            <option key={format} value={format}>
              {t(`formats.${format}`)}
            </option>
          ))}
        </Select>
      </Field>
      {proposal.format === "columns" ? (
        <Field label={t("mapping")} hint={t("mappingHint")}>
          <Textarea
            key={file?.name}
            name="mapping"
            rows={10}
            spellCheck={false}
            className="font-mono text-xs"
            defaultValue={JSON.stringify(proposal.mapping, null, 2)}
          />
        </Field>
      ) : null}
      <Field label={t("question")}>
        <Select name="question" defaultValue="preference">
          <option value="preference">{t("questions.preference")}</option>
          <option value="rating">{t("questions.rating")}</option>
        </Select>
      </Field>
      <Checkbox name="open" defaultChecked>
        {t("open")}
      </Checkbox>
      <FormProblem problem={send.error} />
      {send.isPending ? <WaitingStreak label={t("sending")} /> : null}
      {send.data ? <ImportResult result={send.data} /> : null}
      <Button
        type="submit"
        variant="primary"
        disabled={!file}
        pending={send.isPending}
        className="justify-self-start px-5"
      >
        {t("submit")}
      </Button>
    </form>
  );
}
