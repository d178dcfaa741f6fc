"use client";
import type { LeasedTask, MediaRef } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useKeys } from "../../../components/keyboard/use-keys.ts";
import { keyedBy } from "../../../components/keyed-by.ts";
import { ImageCard } from "./image-card.tsx";
import { SoundPlayer } from "./sound-player.tsx";
import { nextSound, seekSeconds, seekSound, toggleSound } from "./sounds.ts";

/** Pictures and sounds of a turn or of an answer, in their order. */
export function MediaList({ media }: { readonly media: readonly MediaRef[] }): ReactNode {
  const t = useTranslations("workbench.media");
  return (
    <div className="media-list">
      {keyedBy(media, ({ id }) => id).map(({ key, item }, index) => {
        const number = media.length > 1 ? index + 1 : 0;
        const label = item.alt ?? t(item.kind === "image" ? "image" : "sound", { number });
        return item.kind === "image" ? (
          <ImageCard key={key} image={item} label={label} />
        ) : (
          <SoundPlayer key={key} sound={item} label={label} />
        );
      })}
    </div>
  );
}

/** Keys of a task with pictures or sounds. */
export function MediaKeys({ task }: { readonly task: LeasedTask }): null {
  const t = useTranslations("workbench.media");
  const media = mediaOf(task);
  const enlarge = { key: "v", label: t("keys.enlarge"), run: enlargeMeant };
  const transport = [
    { key: "p", label: t("keys.play"), run: () => toggleSound() },
    { key: "o", label: t("keys.next"), run: nextSound },
    { key: "[", label: t("keys.back", { seconds: seekSeconds }), run: () => seekSound(-seekSeconds) },
    { key: "]", label: t("keys.forward", { seconds: seekSeconds }), run: () => seekSound(seekSeconds) },
  ];
  useKeys([
    ...(media.some(({ kind }) => kind === "image") ? [enlarge] : []),
    ...(media.some(({ kind }) => kind === "audio") ? transport : []),
  ]);
  return null;
}

/** The picture of the answer that has the focus, else of the first answer, else the first of all. */
function enlargeMeant(): void {
  const focused = document.activeElement?.closest("[data-answer]");
  const place = [focused, document.querySelector("[data-answer]"), document].find((one) =>
    one?.querySelector("[data-zoom]"),
  );
  place?.querySelector<HTMLElement>("[data-zoom]")?.click();
}

function mediaOf({ prompt, completions }: LeasedTask): readonly MediaRef[] {
  return [...prompt.messages, ...completions].flatMap(({ media = [] }) => media);
}

const wanted = new Set<string>();

/** Has the browser fetch what the next task shows, so that it is there when the task is. */
export function preloadMedia(task: LeasedTask): void {
  for (const { id, kind } of mediaOf(task)) {
    if (wanted.has(id)) continue;
    wanted.add(id);
    if (kind === "image") new Image().src = `/api/media/${id}`;
    // An answer that is not read whole is not kept.
    else
      void fetch(`/api/media/${id}`).then(
        (answer) => answer.blob(),
        () => wanted.delete(id),
      );
  }
}
