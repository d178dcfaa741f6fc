"use client";
import { type Answer, type Answers, isAsked, type LeasedTask, type Question } from "@touchstone/contracts";
import { useState } from "react";
import type { DeskSession } from "../state/desk-session.ts";
import type { Press } from "../views/single-press.ts";
import { showBody, useAtHand } from "./at-hand.ts";
import { loadedParts } from "./kinds.ts";
import { goTo } from "./question-in-focus.ts";
import type { ControlProps, LoadedParts } from "./question-parts.ts";
import { wholeAnswers } from "./whole-answers.ts";

/** A task whose answers are put together before they are sent. */
export interface Sheet {
  /** The questions that are asked with the answers so far, in their order. */
  readonly asked: readonly Question[];
  /** What a question's parts are told and can do. */
  readonly propsOf: (question: Question) => ControlProps;
  readonly partsOf: (question: Question) => LoadedParts;
  /** Those of them that put something in the place of the answers' texts, and the one for which that is done now. */
  readonly bodies: readonly Question[];
  readonly body: Question | undefined;
  /** Whether a question has a whole answer. */
  readonly isWhole: (question: Question) => boolean;
  /** The first asked question that wants an answer and has none. */
  readonly lacking: Question | undefined;
  /** Whether somebody has tried to send it too early. */
  readonly tooEarly: boolean;
  readonly submit: (press: Press | undefined) => void;
}

/** @param drafts what is put together so far, by question. */
export function useSheet(task: LeasedTask, session: DeskSession, drafts: Answers): Sheet {
  const [tooEarlyAt, setTooEarlyAt] = useState<string | null>(null);
  const loaded = new Map(task.questions.map(({ name, kind }) => [name, loadedParts(kind)]));
  const partsOf = ({ name, kind }: Question): LoadedParts => loaded.get(name) ?? loadedParts(kind);
  const atHand = useAtHand(task.lease.id);
  const { answers, lacking, current } = wholeAnswers(task, drafts, partsOf);
  const asked = task.questions.filter((question) => isAsked(question, answers));
  const bodies = asked.filter((question) => hasBody(partsOf(question)));
  // It stays until somebody goes on: an answer that is whole after its first mark may have a second one.
  const body = bodies.find(({ name }) => name === atHand.body) ?? bodies[0];
  const next = current && hasBody(partsOf(current)) ? body : current;
  const inKeys = asked.find(({ name }) => name === atHand.question) ?? next;

  const keep = (name: string, draft: Answer | null): Answers => {
    const { [name]: _, ...others } = session.read().answers;
    // What was typed last may come when the task has gone from the desk: then it is of none that lies there.
    if (session.read().work.queue[0]?.taskId !== task.taskId) return others;
    const next = draft === null ? others : { ...others, [name]: draft };
    session.changeAnswers(next);
    return next;
  };
  const submit = (press: Press | undefined): void => {
    if (!press) {
      session.ignoreDoubleClick();
      return;
    }
    // Read now: keys may come faster than the page is drawn.
    const made = wholeAnswers(task, session.read().answers, partsOf);
    if (made.lacking) {
      setTooEarlyAt(task.lease.id);
      if (hasBody(partsOf(made.lacking))) showBody(task.lease.id, made.lacking.name);
      else if (press.input === "keyboard") goTo(made.lacking);
    } else session.judge({ answers: made.answers, flash: null }, press.input, press.at);
  };
  return {
    asked,
    lacking,
    tooEarly: lacking !== undefined && tooEarlyAt === task.lease.id,
    submit,
    partsOf,
    bodies,
    body,
    isWhole: ({ name }) => answers[name] !== undefined,
    propsOf: (question) => ({
      question,
      task,
      draft: drafts[question.name],
      current: inKeys?.name === question.name,
      onDraft: (draft) => void keep(question.name, draft),
      onAnswer: (draft, press) => {
        if (!session.counts(press.at)) return false;
        const made = wholeAnswers(task, keep(question.name, draft), partsOf);
        if (task.questions.length === 1 && !made.lacking && !session.mends) submit(press);
        else if (press.input === "keyboard" && made.current !== current) goTo(made.current);
        return true;
      },
    }),
  };
}

const hasBody = (parts: LoadedParts): boolean => parts.form === "parts" && parts.Body !== undefined;
