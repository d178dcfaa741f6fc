"use client";
import { useQuery } from "@tanstack/react-query";
import type { ImportDetail, KeptReceipt } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { saveFile } from "../../components/save-file.ts";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { importQuery } from "./import-queries.ts";
import { ReceiptFacts } from "./receipt-facts.tsx";
import { type ReceiptHead, receiptMarkdown } from "./receipt-markdown.ts";
import { useReceiptFacts } from "./use-receipt-facts.ts";
import { useReceiptHead } from "./use-receipt-head.ts";

interface ImportDetailPageProps {
  readonly projectId: string;
  readonly importId: string;
}

/** One import, and the receipt that it keeps. */
export function ImportDetailPage({ projectId, importId }: ImportDetailPageProps): ReactNode {
  const t = useTranslations("receipts.page");
  const detail = useQuery(importQuery(projectId, importId));
  const crumb = {
    label: detail.data?.import.fileName ?? t("title"),
    href: `/projects/${projectId}/import/${importId}`,
  };
  return (
    <ProjectFrame id={projectId} crumb={crumb}>
      {() => <QueryView query={detail}>{(data) => <Detail detail={data} />}</QueryView>}
    </ProjectFrame>
  );
}

function Detail({ detail }: { readonly detail: ImportDetail }): ReactNode {
  const t = useTranslations("receipts");
  const head = useReceiptHead(detail);
  const { receipt } = detail;
  return (
    <>
      <PageHead
        title={head.title}
        actions={receipt ? <Downloads detail={detail} head={head} receipt={receipt} /> : null}
      />
      <div className="grid max-w-read grid-cols-1 gap-4">
        {receipt ? null : <p className="text-ink-2">{t("page.absent")}</p>}
        <Card>
          <dl className="divide-y divide-line text-sm">
            {head.facts.map(([label, value]) => (
              <div key={label} className="grid gap-x-6 py-2 first:pt-0 last:pb-0 md:grid-cols-2">
                <dt className="text-ink-2">{label}</dt>
                <dd className="min-w-0 tabular-nums [overflow-wrap:anywhere]">{value}</dd>
              </div>
            ))}
          </dl>
        </Card>
        {receipt ? <Kept head={head} receipt={receipt} /> : null}
      </div>
    </>
  );
}

function Kept({ head, receipt }: { readonly head: ReceiptHead; readonly receipt: KeptReceipt }): ReactNode {
  const t = useTranslations("receipts");
  return (
    <>
      <Card title={head.warnings.title}>
        <ul className="grid gap-1">
          {head.warnings.said.map((said) => (
            <li key={said}>
              <Chip state="rest" className="items-baseline">
                <span className="[overflow-wrap:anywhere]">{said}</span>
              </Chip>
            </li>
          ))}
        </ul>
      </Card>
      <Card title={t("found")}>
        <ReceiptFacts findings={receipt.findings} />
      </Card>
    </>
  );
}

interface DownloadsProps {
  readonly detail: ImportDetail;
  readonly head: ReceiptHead;
  readonly receipt: KeptReceipt;
}

/** The receipt as a file: as it is kept, and in the reader's words. */
function Downloads({ detail, head, receipt }: DownloadsProps): ReactNode {
  const t = useTranslations("receipts");
  const groups = useReceiptFacts(receipt.findings);
  const name = `receipt-${detail.import.createdAt.slice(0, 10)}-${detail.import.id.slice(-6)}`;
  return (
    <>
      <Button onClick={() => saveFile(`${name}.json`, `${JSON.stringify(detail, null, 2)}\n`, "application/json")}>
        {t("page.json")}
      </Button>
      <Button
        onClick={() =>
          saveFile(
            `${name}.md`,
            receiptMarkdown({ ...head, title: `${t("title")}: ${head.title}` }, groups),
            "text/markdown",
          )
        }
      >
        {t("page.markdown")}
      </Button>
    </>
  );
}
