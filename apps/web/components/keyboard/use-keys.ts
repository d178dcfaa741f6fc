"use client";
import { useEffect, useId, useSyncExternalStore } from "react";
import { shortcutOf, takesText } from "./key-press.ts";
import { type KeyBinding, keyRegistry } from "./key-registry.ts";

let listening = 0;

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const key = shortcutOf({
    key: event.key,
    code: event.code,
    isComposing: event.isComposing,
    keyCode: event.keyCode,
    repeat: event.repeat,
    metaKey: event.metaKey,
    ctrlKey: event.ctrlKey,
    altKey: event.altKey,
    shiftKey: event.shiftKey,
    inText: takesText(event.composedPath()[0] ?? event.target),
  });
  // Enter on a button presses that button.
  if (key === "Enter" && event.target instanceof Element && event.target.closest("button, a, summary")) return;
  // A modal dialog owns the keyboard: what lies under it must not answer.
  if (key === undefined || document.querySelector("dialog:modal, [aria-modal=true]")) return;
  if (keyRegistry.press(key, event.timeStamp)) event.preventDefault();
}

/** Binds keys of this screen for as long as the component is mounted. Inner bindings win over outer ones. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const id = useId();

  // External system: the window's keyboard, whose bindings follow what is on the screen.
  useEffect(() => keyRegistry.put(id, bindings));

  // External system: the window's keyboard, with one listener for all.
  useEffect(() => {
    if (listening === 0) window.addEventListener("keydown", onKeyDown);
    listening += 1;
    return () => {
      keyRegistry.remove(id);
      listening -= 1;
      if (listening === 0) window.removeEventListener("keydown", onKeyDown);
    };
  }, [id]);
}

/** All keys of the present screen, outer layers first, and which of them have been pressed. */
export function useKeyRegistry(): ReturnType<typeof keyRegistry.read> {
  return useSyncExternalStore(keyRegistry.subscribe, keyRegistry.read, keyRegistry.read);
}
