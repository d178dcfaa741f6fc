"use client";
import type { LinkView, Reach } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { Moment } from "../../components/moment.tsx";
import { Dialog } from "../../components/overlays/dialog.tsx";
import { SecretToCopy } from "../../components/secret-to-copy.tsx";
import { linkAddress } from "./link-address.ts";
import { QrCode } from "./qr-code.tsx";

interface LinkDialogProps {
  readonly link: LinkView & { readonly path: string };
  readonly reach: Reach;
  readonly onClose: () => void;
}

/** A link to hand out: to copy, to photograph, and what it is good for. */
export function LinkDialog({ link, reach, onClose }: LinkDialogProps): ReactNode {
  const t = useTranslations("people.links");
  const common = useTranslations("common");
  const { href, warning } = linkAddress(link.path, window.location.origin, reach);
  const isOpen = link.kind === "open";
  return (
    <Dialog label={t(`kinds.${link.kind}`)} open onClose={onClose}>
      <div className="grid gap-4 p-6 max-md:p-4">
        <h2 className="text-lg">{t(`kinds.${link.kind}`)}</h2>
        {warning ? (
          <p role="note" className="flex items-baseline gap-1.5 text-warn">
            <i aria-hidden="true" className="mark" data-state="attention" />
            <span>{t(`warning.${warning}`)}</span>
          </p>
        ) : null}
        <SecretToCopy
          label={t("create.address", { kind: t(`kinds.${link.kind}`) })}
          value={href}
          note={t(isOpen ? "create.again" : "create.once")}
        />
        <div className="flex flex-wrap items-end gap-4">
          <QrCode value={href} label={t("qr")} />
          <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
            <dt className="text-ink-3">{t("used")}</dt>
            <dd>{t("usedOf", { used: link.used, capacity: link.capacity })}</dd>
            <dt className="text-ink-3">{t("expires")}</dt>
            <dd>
              <Moment at={link.expiresAt} />
            </dd>
          </dl>
        </div>
        <Button className="justify-self-end" onClick={onClose}>
          {common("close")}
        </Button>
      </div>
    </Dialog>
  );
}
