import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Chip } from "../../../components/figures/chip.tsx";
import type { OutboxSnapshot } from "../outbox/outbox.ts";

interface SavedChipProps {
  readonly outbox: OutboxSnapshot;
  readonly onRetry?: () => void;
  /** Asks for what waits, one by one; there it can be tried again. */
  readonly onList?: () => void;
}

/** Whether everything is safe. Where something is not, the chip is the button that says what. */
export function SavedChip({ outbox, onRetry, onList }: SavedChipProps): ReactNode {
  const t = useTranslations("workbench.saved");
  const pathname = usePathname();
  const kept = outbox.pending;
  const stuck = outbox.refused.length > 0 || outbox.connection === "offline";
  const face = (): ReactNode => {
    if (outbox.unkept > 0 && (stuck || outbox.signedOut)) {
      return <Chip state="attention">{t("unkept", { count: outbox.unkept })}</Chip>;
    }
    if (outbox.signedOut) return <Chip state="attention">{t("signedOut", { count: kept })}</Chip>;
    if (outbox.refused.length > 0) return <Chip state="attention">{t("refused")}</Chip>;
    if (outbox.connection === "offline") return <Chip state="waiting">{t("offline", { count: kept })}</Chip>;
    if (kept > 0) return <Chip state="running">{t("saving")}</Chip>;
    return <Chip state="ok">{t("saved")}</Chip>;
  };
  const cure = (): ReactNode => {
    if (outbox.signedOut) {
      // What is kept here is sent by the page that one comes back to.
      return (
        <Link href={`/sign-in?next=${encodeURIComponent(pathname)}`} className="inline-flex min-h-6 items-center">
          {face()}
        </Link>
      );
    }
    if (!stuck) return face();
    return (
      <button type="button" title={t(onList ? "list" : "retry")} className="min-h-6" onClick={onList ?? onRetry}>
        {face()}
      </button>
    );
  };
  const sending = kept > 0 ? "sending" : "saved";
  return (
    <div role="status" className="whitespace-nowrap" data-outbox={stuck || outbox.signedOut ? "stuck" : sending}>
      {cure()}
    </div>
  );
}
