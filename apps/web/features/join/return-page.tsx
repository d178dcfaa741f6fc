"use client";
import { useQueryClient } from "@tanstack/react-query";
import { ComeBack } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { api } from "../../api/client.ts";
import { otherMember } from "../../api/other-member.ts";
import { Button } from "../../components/button.tsx";
import { Field, Input } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { Entrance } from "../session/entrance.tsx";
import { sessionQuery } from "../session/session-query.ts";

/**
 * Whoever joined by name alone comes back by their link. The code stands behind its `#`, which no server and no log is sent;
 * and it signs in only when its holder says so, for a link could be somebody else's.
 */
export function ReturnPage(): ReactNode {
  const t = useTranslations("join.return");
  const product = useTranslations("common")("product");
  const router = useRouter();
  const client = useQueryClient();
  const [code, setCode] = useState("");
  // External system: the browser's address, which the server does not know.
  useEffect(() => setCode(window.location.hash.slice(1)), []);
  const form = useSchemaForm({
    schema: ComeBack,
    send: (body) => api.comeBack({ body }),
    onDone: (session) => {
      client.clear();
      otherMember.tellOtherWindows();
      client.setQueryData(sessionQuery.queryKey, session);
      router.replace("/work");
    },
  });
  return (
    <Entrance product={product} title={t("title")} lead={t("lead")}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          form.submit({ code: code.trim() });
        }}
      >
        <Field label={t("code")} error={form.errors.code}>
          <Input value={code} autoComplete="off" spellCheck={false} onChange={(event) => setCode(event.target.value)} />
        </Field>
        <FormProblem problem={form.problem} />
        <Button type="submit" variant="primary" pending={form.pending} className="justify-self-start px-5">
          {t("submit")}
        </Button>
      </form>
    </Entrance>
  );
}
