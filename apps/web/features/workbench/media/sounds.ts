/** What the page can play is what stands in it: sounds are found by their elements, in the order of the page. */
const soundsHere = (): HTMLAudioElement[] => [...document.querySelectorAll<HTMLAudioElement>("audio[data-sound]")];

/** One press of an arrow or of a bracket. */
export const seekSeconds = 5;

/**
 * Two sounds at once can't be compared: whichever begins ends the others. Its event comes a moment later, when another may
 * have begun and ended it: then it ends nothing.
 */
export function pauseOthers(begun: HTMLAudioElement): void {
  if (!begun.paused) pauseAllBut(begun);
}

function pauseAllBut(one: HTMLAudioElement): void {
  for (const sound of soundsHere()) if (sound !== one) sound.pause();
}

/** The one that plays, else the one that has the focus, else the one heard last, else the first. */
function meant(): HTMLAudioElement | undefined {
  const sounds = soundsHere();
  const focused = document.activeElement?.closest("[data-player]")?.querySelector("audio");
  const place = document.activeElement?.closest("[data-answer]")?.querySelector<HTMLAudioElement>("audio[data-sound]");
  const heard = sounds.find((sound) => sound.dataset.heard !== undefined);
  return sounds.find((sound) => !sound.paused) ?? focused ?? place ?? heard ?? sounds[0];
}

export function toggleSound(sound = meant()): void {
  if (!sound) return;
  if (!sound.paused) {
    sound.pause();
    return;
  }
  for (const other of soundsHere()) delete other.dataset.heard;
  sound.dataset.heard = "";
  // Refused before anybody has touched the page, or where the file could not be had: the player says the latter.
  void sound.play().catch(() => undefined);
}

/** Plays the one after the one that is meant, and after the last the first. */
export function nextSound(): void {
  const sounds = soundsHere();
  const present = meant();
  const next = sounds[((present ? sounds.indexOf(present) : -1) + 1) % sounds.length];
  const begun = present?.paused === false || present?.dataset.heard !== undefined;
  const chosen = begun ? next : present;
  if (!chosen) return;
  pauseAllBut(chosen);
  if (chosen.paused) toggleSound(chosen);
}

export function seekSound(seconds: number, sound = meant()): void {
  if (!sound) return;
  const end = Number.isFinite(sound.duration) ? sound.duration : Number.POSITIVE_INFINITY;
  sound.currentTime = Math.min(Math.max(0, sound.currentTime + seconds), end);
}

/** Minutes and seconds. */
export function clockOf(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
