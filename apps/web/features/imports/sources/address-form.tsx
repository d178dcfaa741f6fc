"use client";
import { useMutation } from "@tanstack/react-query";
import type { SpooledFileView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../../api/client.ts";
import { Button } from "../../../components/button.tsx";
import { Field, Input } from "../../../components/forms/field.tsx";
import { FormProblem } from "../../../components/forms/form-problem.tsx";

interface Props {
  readonly projectId: string;
  readonly onBrought: (file: SpooledFileView) => void;
}

/** A file that the server fetches from an address. */
export function AddressForm({ projectId, onBrought }: Props): ReactNode {
  const t = useTranslations("imports.sources");
  const [url, setUrl] = useState("");
  const [token, setToken] = useState("");
  const fetching = useMutation({
    mutationFn: () =>
      api.createDownload({
        params: { id: projectId },
        body: { url: url.trim(), ...(token.trim() === "" ? {} : { token: token.trim() }) },
      }),
    onSuccess: (file) => {
      // A token is for one download.
      setToken("");
      onBrought(file);
    },
  });
  return (
    <form
      noValidate
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (url.trim() !== "") fetching.mutate();
      }}
    >
      <Field label={t("url")} hint={t("urlHint")}>
        <Input
          type="url"
          inputMode="url"
          autoComplete="off"
          placeholder="https://"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
      </Field>
      <Field label={t("token")} hint={t("tokenHint")}>
        <Input type="password" autoComplete="off" value={token} onChange={(event) => setToken(event.target.value)} />
      </Field>
      <FormProblem problem={fetching.error} />
      <Button type="submit" className="justify-self-start" disabled={url.trim() === ""} pending={fetching.isPending}>
        {t("fetch")}
      </Button>
    </form>
  );
}
