import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { useSession } from "../../session/signed-in.tsx";
import type { DeskPanelsProps } from "./desk-panel.ts";
import { download } from "./download.ts";
import { unsentFile } from "./unsent-file.ts";
import { WaitingEntry } from "./waiting-entry.tsx";
import { type Waiting, waitingOf } from "./waiting-of.ts";

/** Other windows put things into this browser too, and none tells. */
const lookEveryMs = 2_000;

/** Everything of this person that waits in this browser to be sent: what, since when, why, and what can be done about it. */
export function WaitingList({ session, snapshot: { outbox }, onRetry }: DeskPanelsProps): ReactNode {
  const t = useTranslations("workbench.panels.list");
  const memberId = useSession().member.id;
  const [waiting, setWaiting] = useState<readonly Waiting[] | null>(null);

  // External system: the browser's database.
  useEffect(() => {
    let stopped = false;
    const look = async (): Promise<void> => {
      const found = await waitingOf(session.standing());
      if (!stopped) setWaiting(found);
    };
    void look();
    const unsubscribe = session.subscribe(() => void look());
    const timer = setInterval(() => void look(), lookEveryMs);
    return () => {
      stopped = true;
      unsubscribe();
      clearInterval(timer);
    };
  }, [session]);

  if (waiting === null) return null;
  if (waiting.length === 0) return <p className="text-ink-2">{t("empty")}</p>;
  const signedOut = outbox.signedOut;
  return (
    <>
      <p role="status" className="text-ink-2">
        {t(signedOut ? "signedOut" : outbox.connection, { count: waiting.length })}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" onClick={onRetry}>
          {t("try")}
        </Button>
        <Button
          onClick={() =>
            download(
              unsentFile(
                waiting.map(({ entry }) => entry),
                memberId,
              ),
            )
          }
        >
          {t("download")}
        </Button>
      </div>
      <ol className="grid divide-y divide-line border-t border-line">
        {waiting.map((one) => (
          <WaitingEntry key={one.entry.key} waiting={one} onDiscard={() => session.discard(one.entry)} />
        ))}
      </ol>
    </>
  );
}
