import { useMutation } from "@tanstack/react-query";
import { completionsOf, type PairToAsk, type ProjectListItem } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { Field, Input, Select } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSendOnce } from "../../components/forms/send-once.ts";
import { TextLink } from "../../components/text-link.tsx";
import { ChatBubble } from "../chat/chat-bubble.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import type { Draw } from "./talk.ts";

interface AskPeopleProps {
  readonly draws: readonly [Draw, Draw];
  readonly projects: readonly ProjectListItem[];
  readonly projectId: string | null;
}

/** Two answers on their way to the annotators of a project: what they will see, and how many are asked. */
export function AskPeople({ draws, projects, projectId }: AskPeopleProps): ReactNode {
  const t = useTranslations("playground.ask");
  const open = projects.filter(({ state }) => state !== "archived");
  const [chosen, choose] = useState(projectId);
  const project = open.find(({ id }) => id === chosen) ?? open[0];
  const turns = draws[0].messages.map((turn, index) => ({ ...turn, number: index + 1 }));
  if (!project) return <p className="p-4">{t("noProject")}</p>;
  return (
    <div className="grid gap-4 p-4">
      <h2>{t("title")}</h2>
      <p className="text-ink-2">{t("seen")}</p>
      <div className="grid gap-2">
        {turns.map(({ number, role, content }) => (
          <ChatBubble key={number} own label={t(`roles.${role}`)} text={content} />
        ))}
        {draws.map((draw, index) => (
          <ChatBubble key={draw.id} label={t("answer", { number: index + 1 })} text={draw.text} />
        ))}
      </div>
      <Field label={t("project")}>
        <Select value={project.id} onChange={(event) => choose(event.target.value)}>
          {open.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <UnlessArchived projectId={project.id}>
        <AskPairForm key={project.id} draws={draws} project={project} />
      </UnlessArchived>
    </div>
  );
}

interface AskPairFormProps {
  readonly draws: readonly [Draw, Draw];
  readonly project: ProjectListItem;
}

function AskPairForm({ draws, project }: AskPairFormProps): ReactNode {
  const t = useTranslations("playground.ask");
  const once = useSendOnce();
  const fitting = project.questionnaires.filter(({ questions }) => {
    const { least, most } = completionsOf(questions);
    return least <= 2 && most >= 2;
  });
  const [questionnaire, setQuestionnaire] = useState(
    (fitting.find(({ name }) => name === "preference") ?? fitting[0])?.name ?? "",
  );
  const [overlap, setOverlap] = useState(project.overlap);
  const [asksSelfNamed, setAsksSelfNamed] = useState(false);
  const asking = useMutation({
    mutationFn: (body: PairToAsk) => api.askPair({ params: { id: project.id }, body }),
  });
  if (fitting.length === 0) return <p>{t("noQuestionnaire")}</p>;
  if (asking.data) {
    return (
      <p role="status" className="grid justify-items-start gap-1">
        {t(asking.data.already ? "already" : "done", { count: asking.data.overlap, project: project.name })}
        <TextLink href={`/items/${asking.data.taskId}`}>{t("votes")}</TextLink>
      </p>
    );
  }
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const [a, b] = [given(draws[0]), given(draws[1])];
        if (!a || !b) return;
        const selfNamed = asksSelfNamed ? "ask" : "hold";
        once(() => asking.mutateAsync({ questionnaire, overlap, selfNamed, answers: [a, b] }));
      }}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("questionnaire")}>
          <Select value={questionnaire} onChange={(event) => setQuestionnaire(event.target.value)}>
            {fitting.map(({ name, version }) => (
              <option key={name} value={name}>
                {name} v{version}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t("overlap")}>
          <Input
            type="number"
            min={1}
            max={100}
            value={Number.isNaN(overlap) ? "" : overlap}
            onChange={(event) => setOverlap(event.target.valueAsNumber)}
          />
        </Field>
      </div>
      <Checkbox checked={asksSelfNamed} onChange={(event) => setAsksSelfNamed(event.target.checked)}>
        {t("selfNamed")}
      </Checkbox>
      <p className="text-xs text-ink-3">{t("kept")}</p>
      <FormProblem problem={asking.error} />
      <Button
        type="submit"
        variant="primary"
        className="justify-self-start"
        pending={asking.isPending}
        disabled={!(overlap >= 1 && overlap <= 100)}
      >
        {t("submit")}
      </Button>
    </form>
  );
}

function given(draw: Draw): PairToAsk["answers"][number] | null {
  const { modelId, messages, sampling, seed, text, finishReason, proof } = draw;
  if (finishReason === null || proof === null) return null;
  return { modelId, messages: messages.map((turn) => ({ ...turn })), sampling, seed, text, finishReason, proof };
}
