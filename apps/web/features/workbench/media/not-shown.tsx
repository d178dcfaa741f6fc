import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

interface NotShownProps {
  readonly label: string;
  readonly onRetry: () => void;
}

/** In the place of what did not come: an empty card could be the answer. */
export function NotShown({ label, onRetry }: NotShownProps): ReactNode {
  const t = useTranslations("workbench.media");
  return (
    <p role="status" className="media-missing">
      {t("notLoaded", { name: label })}{" "}
      <button type="button" className="text-accent underline" onClick={onRetry}>
        {t("retry")}
      </button>
    </p>
  );
}
