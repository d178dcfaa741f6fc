"use client";
import type { MediaRef } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type CSSProperties, type ReactNode, Suspense, useState } from "react";
import { lazyPart } from "../../../components/lazy-part.ts";
import { NotShown } from "./not-shown.tsx";

interface ImageCardProps {
  readonly image: MediaRef;
  /** What it shows, or which it is. */
  readonly label: string;
}

const ZoomLayer = lazyPart(() => import("./zoom-layer.tsx").then((file) => file.ZoomLayer));

/** A picture in its column, in room of its own size from the beginning, so that nothing moves when it comes. */
export function ImageCard({ image, label }: ImageCardProps): ReactNode {
  const t = useTranslations("workbench.media");
  const [open, setOpen] = useState(false);
  const [failed, setFailed] = useState(false);
  if (failed) return <NotShown label={label} onRetry={() => setFailed(false)} />;
  return (
    <>
      <button type="button" data-zoom className="media-image" style={roomOf(image)} onClick={() => setOpen(true)}>
        {/* biome-ignore lint/performance/noImgElement: a file of somebody's project, as it is; Next's pictures are made anew on the server. */}
        <img
          src={`/api/media/${image.id}`}
          alt={label}
          width={image.width}
          height={image.height}
          draggable={false}
          onError={() => setFailed(true)}
        />
        <span className="sr-only">{t("enlarge")}</span>
      </button>
      {open ? (
        <Suspense>
          <ZoomLayer image={image} alt={label} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

/** As wide as it is, as the column, and as its height leaves it. */
function roomOf({ width, height }: MediaRef): CSSProperties | undefined {
  if (width === undefined || height === undefined) return undefined;
  const byHeight = `calc(var(--media-height) * ${(width / height).toFixed(4)})`;
  return { aspectRatio: `${width} / ${height}`, width: `min(100%, ${width}px, ${byHeight})` };
}
