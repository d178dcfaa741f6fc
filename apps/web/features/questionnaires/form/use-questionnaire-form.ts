"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { QuestionnaireDraft, QuestionnaireView } from "@touchstone/contracts";
import { useState } from "react";
import { flushSync } from "react-dom";
import { api } from "../../../api/client.ts";
import { useSendOnce } from "../../../components/forms/send-once.ts";
import { questionnairesQuery } from "../questionnaire-queries.ts";
import type { FormStart } from "../start-of.ts";
import { sameQuestions } from "./entries.ts";
import { checked, type Faults, refusalOf, type Written, wasOvertaken } from "./form-faults.ts";
import { forgetForm, keepForm, readKeptForm } from "./kept-form.ts";

interface FormOptions {
  readonly projectId: string;
  /** What the form starts with, where this tab has kept nothing that came later. */
  readonly start: FormStart;
  readonly onSaved: (made: QuestionnaireView) => void;
}

export interface QuestionnaireForm {
  readonly written: Written;
  /** The version that it goes on from, 0 for a new questionnaire. */
  readonly basedOn: number;
  readonly change: (written: Written) => void;
  /** Puts something else in its place. What fields keep of their own, such as half a line, goes with `generation`. */
  readonly replace: (written: Written) => void;
  readonly generation: number;
  /** Whether something is written that is not saved. */
  readonly dirty: boolean;
  /** Whether it began with what this tab had kept. */
  readonly restored: boolean;
  readonly startOver: () => void;
  readonly faults: Faults;
  readonly problem: unknown;
  /** A version that was made meanwhile stands in the way. */
  readonly overtaken: boolean;
  readonly pending: boolean;
  /** Saves on top of this version, that of the form where none is given. Where that cannot be, the first fault has the focus. */
  readonly save: (onTopOf?: number) => void;
  /** Says what is at fault, as a save would. */
  readonly tell: () => void;
}

/** What is written, kept and checked of a questionnaire. Faults follow what is typed once they have been told. */
export function useQuestionnaireForm({ projectId, start, onSaved }: FormOptions): QuestionnaireForm {
  const client = useQueryClient();
  const place = `${projectId} ${start.place}`;
  const [kept] = useState(() => readKeptForm(place));
  const [{ written, basedOn }, setForm] = useState(kept ?? start);
  const [restored, setRestored] = useState(kept !== null);
  const [generation, setGeneration] = useState(0);
  const [told, setTold] = useState(false);
  const [sent, setSent] = useState<Written | null>(null);
  const sendOnce = useSendOnce();
  const saving = useMutation({
    mutationFn: (body: QuestionnaireDraft) => api.writeQuestionnaire({ params: { id: projectId }, body }),
    onSuccess: (made) => {
      forgetForm(place);
      void client.invalidateQueries({ queryKey: ["project", projectId] });
      onSaved(made);
    },
    // What stands in the way is then in the list.
    onError: (error) => wasOvertaken(error) && client.invalidateQueries(questionnairesQuery(projectId)),
  });
  const refusal = refusalOf(sent === written ? saving.error : null);
  const faults = { ...refusal.faults, ...(told ? checked(written, basedOn).faults : {}) };
  const change = (next: Written): void => {
    setForm({ place, written: next, basedOn });
    keepForm({ place, written: next, basedOn });
  };
  const replace = (next: Written): void => {
    change(next);
    setGeneration(generation + 1);
  };
  const tell = (): void => {
    flushSync(() => setTold(true));
    document.querySelector<HTMLElement>("form [aria-invalid=true]")?.focus();
  };
  return {
    written,
    basedOn,
    change,
    replace,
    generation,
    dirty: !saving.isSuccess && !isSame(written, start.written),
    restored: restored && !isSame(written, start.written),
    startOver() {
      setForm(start);
      setGeneration(generation + 1);
      forgetForm(place);
      setRestored(false);
      setTold(false);
    },
    faults,
    problem: refusal.problem,
    overtaken: wasOvertaken(refusal.problem),
    pending: saving.isPending,
    save(onTopOf = basedOn) {
      const { draft } = checked(written, onTopOf);
      if (!draft) return tell();
      setSent(written);
      sendOnce(() => saving.mutateAsync(draft));
    },
    tell,
  };
}

function isSame(one: Written, other: Written): boolean {
  return one.name === other.name && sameQuestions(one.entries, other.entries);
}
