import type { LeasedTask, MediaRef } from "@touchstone/contracts";
import { type ReactNode, Suspense, useEffect } from "react";
import { lazyPart } from "../../../components/lazy-part.ts";

const load = () => import("../media/media-list.tsx");
const MediaList = lazyPart(() => load().then((file) => file.MediaList));
const MediaKeys = lazyPart(() => load().then((file) => file.MediaKeys));

/** Pictures and sounds after a text; what shows them is fetched with the first. */
export function ShownMedia({ media }: { readonly media?: readonly MediaRef[] | undefined }): ReactNode {
  return media ? (
    <Suspense fallback={<div className="media-list" />}>
      <MediaList media={media} />
    </Suspense>
  ) : null;
}

const showsMedia = (task: LeasedTask | undefined): task is LeasedTask =>
  task !== undefined && [...task.prompt.messages, ...task.completions].some(({ media }) => media);

/** The keys of what the task shows, and the files of the next one. */
export function MediaOfDesk({
  task,
  next,
}: {
  readonly task: LeasedTask;
  readonly next: LeasedTask | undefined;
}): ReactNode {
  // External system: the network. Without one the next task says what did not come.
  useEffect(() => {
    if (showsMedia(next))
      load().then(
        (file) => file.preloadMedia(next),
        () => undefined,
      );
  }, [next]);
  return showsMedia(task) ? (
    <Suspense>
      <MediaKeys task={task} />
    </Suspense>
  ) : null;
}
