"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ScheduleView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { issueText } from "../../components/forms/issue-text.ts";
import { useIssueMessages } from "../../components/forms/use-issue-messages.ts";
import { Moment } from "../../components/moment.tsx";
import { projectQuery } from "../projects/project-queries.ts";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { NewSchedule } from "./new-schedule.tsx";
import { schedulesQuery } from "./schedule-queries.ts";

/** When retraining fires by itself. */
export function Schedules({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("schedules");
  const schedules = useQuery(schedulesQuery(projectId)).data?.items ?? [];
  const builds = useHasRole("admin", "researcher");
  return (
    <Card title={t("title")} note={t("note")} className="mt-8 max-w-[44rem]">
      {schedules.length === 0 ? <p className="pb-3 text-ink-3">{t("empty")}</p> : null}
      <ul className="grid">
        {schedules.map((schedule) => (
          <Row key={schedule.id} schedule={schedule} removable={builds} />
        ))}
      </ul>
      {builds ? (
        <UnlessArchived projectId={projectId}>
          <NewSchedule projectId={projectId} />
        </UnlessArchived>
      ) : null}
    </Card>
  );
}

function Row({ schedule, removable }: { readonly schedule: ScheduleView; readonly removable: boolean }): ReactNode {
  const t = useTranslations("schedules");
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.deleteSchedule({ params: { id: schedule.id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: schedulesQuery(schedule.projectId).queryKey }),
  });
  const { trigger } = schedule;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2">
      <span>
        {trigger.kind === "judgements"
          ? t("everyN", { count: trigger.every })
          : t("byCron", { pattern: trigger.pattern })}
        {" · "}
        {t(`scopes.${schedule.scope}`)}
      </span>
      <span className="text-xs text-ink-3">
        <Firing schedule={schedule} />
      </span>
      {removable ? (
        <Button variant="ghost" className="ml-auto" pending={remove.isPending} onClick={() => remove.mutate()}>
          {t("remove")}
        </Button>
      ) : null}
    </li>
  );
}

/** When it fires next; else when it last did, if ever, or why it never will. In an archived project none fires. */
function Firing({ schedule }: { readonly schedule: ScheduleView }): ReactNode {
  const t = useTranslations("schedules");
  const messages = useIssueMessages();
  const { projectId, nextAt, lastFiredAt, fault } = schedule;
  const rests = useQuery(projectQuery(projectId)).data?.state === "archived";
  if (fault) return t("faulty", { fault: issueText(fault, messages) });
  if (rests) return t("rests");
  const at = nextAt ?? lastFiredAt;
  if (at === null) return t("never");
  return (
    <>
      {t(nextAt === null ? "last" : "next")} <Moment at={at} />
    </>
  );
}
