"use client";
import type { LeasedTask } from "@touchstone/contracts";
import { useEffect, useLayoutEffect } from "react";
import type { DeskSession } from "./state/desk-session.ts";
import { deskId, focusDesk } from "./state/focus-desk.ts";

/** Tells the session when a screen is before the person's eyes: its id is the lease of a task, or that of the rest. */
export function usePainted(session: DeskSession, screenId: string): void {
  // External system: the browser's painting.
  useEffect(() => afterPaint((at) => session.painted(screenId, at)), [session, screenId]);
}

/** Tells the session what of a task has been seen (that it is painted, says `Painted` beside what answers it), and keeps the focus off buttons of the task before. */
export function useTaskOnScreen(session: DeskSession, { taskId, lease: { id: leaseId } }: LeasedTask): void {
  // External system: the focus. Space or Enter on the button of a task that is gone would judge the next one.
  useLayoutEffect(() => {
    if (taskId && document.activeElement?.closest(".workbench-foot")) focusDesk();
  }, [taskId]);

  // External system: the window's place. Every task is read from its beginning.
  useEffect(() => {
    if (leaseId) window.scrollTo({ top: 0, behavior: "instant" });
  }, [leaseId]);

  // External system: what lies within the window.
  useEffect(() => watchFirstLines((answer) => session.seen(leaseId, answer)), [session, leaseId]);
}

/** Calls back in the task that follows the next frame, when its pixels are on the way to the screen. */
function afterPaint(painted: (at: number) => void): () => void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => painted(performance.now());
  const frame = requestAnimationFrame(() => port2.postMessage(null));
  return () => {
    cancelAnimationFrame(frame);
    port1.close();
  };
}

/** Elements with `data-first-line` lie over the first line of each answer; those with `data-answer` are the answers. */
function watchFirstLines(seen: (answer: number) => void): () => void {
  const parting = new AbortController();
  let observer: IntersectionObserver | undefined;
  const observe = (): void => {
    observer?.disconnect();
    observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (isIntersecting && target instanceof HTMLElement) seen(Number(target.dataset.firstLine));
        }
      },
      { threshold: 0.9, rootMargin: uncovered() },
    );
    for (const line of document.querySelectorAll("[data-first-line]")) observer.observe(line);
  };
  observe();
  // What covers the page has another height then.
  window.addEventListener("resize", observe, { signal: parting.signal });
  // So it has once a phone has found that it must show one answer at a time, below a switch.
  const switched = new MutationObserver(observe);
  const desk = document.getElementById(deskId);
  if (desk) switched.observe(desk, { childList: true });
  // A screen reader, or somebody who tabs, has the answer before them wherever the page stands.
  document.addEventListener(
    "focusin",
    ({ target }) => {
      const answer = target instanceof Element ? target.closest<HTMLElement>("[data-answer]") : null;
      if (answer) seen(Number(answer.dataset.answer));
    },
    { signal: parting.signal },
  );
  return () => {
    parting.abort();
    switched.disconnect();
    observer?.disconnect();
  };
}

/** The part of the window that neither the bar, with the switch pinned below it, nor the scale covers; all of it where next to nothing is left. */
function uncovered(): string {
  const top = covers(".workbench-bar") + covers(".answer-switch");
  const bottom = covers(".workbench-foot");
  return window.innerHeight - top - bottom < leastHeight ? "0px" : `${-top}px 0px ${-bottom}px 0px`;
}

/** A few lines: magnified pages may have less, and must not sleep for ever. */
const leastHeight = 120;

function covers(selector: string): number {
  const element = document.querySelector(selector);
  const sticks = element !== null && ["sticky", "fixed"].includes(getComputedStyle(element).position);
  return sticks ? Math.ceil(element.getBoundingClientRect().height) : 0;
}
