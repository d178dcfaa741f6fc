"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ApiTokenView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Moment } from "../../components/moment.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { Confirm } from "./confirm.tsx";
import { tokensQuery } from "./people-queries.ts";

export function ApiTokens(): ReactNode {
  const t = useTranslations("people.tokens");
  const tokens = useQuery(tokensQuery);
  return (
    <Card title={t("title")} note={t("note")} flush>
      <QueryView query={tokens}>
        {({ items }) =>
          items.length === 0 ? <p className="px-4 pb-4 text-ink-3">{t("empty")}</p> : <TokenTable tokens={items} />
        }
      </QueryView>
    </Card>
  );
}

function TokenTable({ tokens }: { readonly tokens: readonly ApiTokenView[] }): ReactNode {
  const t = useTranslations("people.tokens");
  const roles = useTranslations("shell.role");
  const columns: Column<ApiTokenView>[] = [
    {
      id: "name",
      header: t("name"),
      wrap: true,
      cell: ({ name, prefix }) => (
        <span className="grid">
          <span>{name}</span>
          <code className="text-xs text-ink-3">{prefix}…</code>
        </span>
      ),
    },
    { id: "role", header: t("role"), cell: ({ role }) => roles(role) },
    {
      id: "used",
      header: t("lastUsed"),
      numeric: true,
      wide: true,
      cell: ({ lastUsedAt }) => (lastUsedAt ? <Moment at={lastUsedAt} /> : t("never")),
    },
    {
      id: "expires",
      header: t("expires"),
      numeric: true,
      wide: true,
      cell: ({ expiresAt }) => <Moment at={expiresAt} as="date" />,
    },
    { id: "revoke", header: <span className="sr-only">{t("revoke")}</span>, cell: (token) => <Revoke token={token} /> },
  ];
  return <Table label={t("title")} columns={columns} rows={tokens} rowKey={({ id }) => id} />;
}

function Revoke({ token }: { readonly token: ApiTokenView }): ReactNode {
  const t = useTranslations("people.tokens");
  const client = useQueryClient();
  const [asks, setAsks] = useState(false);
  const revoke = useMutation({
    mutationFn: () => api.revokeApiToken({ params: { id: token.id } }),
    onSuccess: () => setAsks(false),
    onSettled: () => client.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
  return (
    <>
      <Button variant="ghost" aria-label={t("revokeName", { name: token.name })} onClick={() => setAsks(true)}>
        {t("revoke")}
      </Button>
      {asks ? (
        <Confirm
          title={t("revokeTitle", { name: token.name })}
          action={t("revoke")}
          pending={revoke.isPending}
          problem={revoke.error}
          onConfirm={() => revoke.mutate()}
          onCancel={() => setAsks(false)}
        >
          {t("revokeBody")}
        </Confirm>
      ) : null}
    </>
  );
}
