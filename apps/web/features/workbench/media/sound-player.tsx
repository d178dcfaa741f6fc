"use client";
import type { MediaRef } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { NotShown } from "./not-shown.tsx";
import { clockOf, pauseOthers, seekSeconds, seekSound, toggleSound } from "./sounds.ts";

interface SoundPlayerProps {
  readonly sound: MediaRef;
  readonly label: string;
}

/** A sound with its transport: the browser's own player plays, and this says so quietly. */
export function SoundPlayer({ sound, label }: SoundPlayerProps): ReactNode {
  const t = useTranslations("workbench.media");
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(sound.seconds ?? 0);
  const [failed, setFailed] = useState(false);
  if (failed) return <NotShown label={label} onRetry={() => setFailed(false)} />;
  const known = ({ duration }: HTMLAudioElement): void => {
    if (Number.isFinite(duration)) setLength(duration);
  };
  return (
    <div data-player className="sound-player">
      {/* biome-ignore lint/a11y/useMediaCaption: what is judged comes without captions; what is said of it stands in its label. */}
      <audio
        ref={audio}
        data-sound
        src={`/api/media/${sound.id}`}
        preload="auto"
        onPlay={({ currentTarget }) => {
          pauseOthers(currentTarget);
          setPlaying(true);
        }}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
        onTimeUpdate={({ currentTarget }) => setAt(currentTarget.currentTime)}
        onSeeked={({ currentTarget }) => setAt(currentTarget.currentTime)}
        onLoadedMetadata={({ currentTarget }) => known(currentTarget)}
        onDurationChange={({ currentTarget }) => known(currentTarget)}
        onError={() => setFailed(true)}
      />
      <button
        type="button"
        data-playing={playing || undefined}
        aria-label={t(playing ? "pause" : "play", { name: label })}
        onClick={() => toggleSound(audio.current ?? undefined)}
      >
        <i aria-hidden="true" />
      </button>
      <input
        type="range"
        min={0}
        max={Math.max(length, at, 0.1)}
        step={0.1}
        value={at}
        aria-label={t("position", { name: label })}
        aria-valuetext={t("timeOf", { at: clockOf(at), length: clockOf(length) })}
        onChange={({ target }) => {
          if (audio.current) audio.current.currentTime = Number(target.value);
          setAt(Number(target.value));
        }}
        onKeyDown={(event) => {
          const by = {
            ArrowLeft: -seekSeconds,
            ArrowDown: -seekSeconds,
            ArrowRight: seekSeconds,
            ArrowUp: seekSeconds,
          }[event.key];
          if (by === undefined) return;
          event.preventDefault();
          seekSound(by, audio.current ?? undefined);
        }}
      />
      <span className="num" aria-hidden="true">
        {clockOf(at)} / {clockOf(length)}
      </span>
    </div>
  );
}
