import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Route, refusedWhenArchived, routes } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));
const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !/\.(?:test|fixture)\./.test(file))
  .map((file) => ({ file, text: readFileSync(`${root}${file}`, "utf8") }));
const refusedCalls = Object.entries<Route>(routes)
  .filter(([, route]) => route.method !== "GET" && refusedWhenArchived(route))
  .map(([name]) => name);

/** Files that send what an archived project refuses, and the elements by which that comes to a page. */
const writers: Readonly<Record<string, readonly string[]>> = {
  "arena/arena-settings.tsx": ["ArenaForm"],
  "batches/batch-commands.tsx": ["BatchCommands"],
  "browse/browse-queries.ts": ["SelectionBar"],
  "browse/change-dialog.tsx": ["SelectionBar"],
  "browse/label-set-dialog.tsx": ["SelectionBar"],
  "browse/saved-view-actions.tsx": ["KeepView", "ManageView"],
  "deletions/delete-prompts-dialog.tsx": ["SelectionBar"],
  "deletions/deletion-queries.ts": ["SelectionBar"],
  "evaluations/compare-again.tsx": ["CompareAgain"],
  "evaluations/new-evaluation.tsx": ["NewEvaluation"],
  "imports/import-actions.tsx": ["Confirmation"],
  "imports/jobs/import-jobs.tsx": ["ImportForm"],
  "imports/jobs/use-import-job.ts": ["ImportForm"],
  "imports/pointing/save-mapping.tsx": ["ImportForm"],
  "imports/pointing/saved-mapping-line.tsx": ["ImportForm"],
  "imports/sources/address-form.tsx": ["ImportForm"],
  "imports/sources/folder-files.tsx": ["ImportForm"],
  "imports/use-media-uploads.ts": ["ImportForm"],
  "imports/use-receipt.ts": ["ImportForm"],
  "label-sets/set-actions.tsx": ["SetActions"],
  "left-out/leave-out-dialog.tsx": ["LeaveOutButton", "SelectionBar"],
  "left-out/left-out-queries.ts": ["LeaveOutButton", "PutBackButton", "SelectionBar"],
  "left-out/put-back-button.tsx": ["PutBackButton"],
  "models/bring/server-folder.tsx": ["BringModelForm"],
  "models/review/manage-model.tsx": ["ManageModel"],
  "models/review/model-actions.tsx": ["ModelActions"],
  "people/new-link.tsx": ["NewLink"],
  "playground/ask-people.tsx": ["AskPairForm"],
  "projects/settings-group.tsx": [
    "DescriptionSettings",
    "GuidelineSettings",
    "OverlapSettings",
    "LeaseSettings",
    "AssignmentSettings",
    "BlurSettings",
  ],
  "remarks/remark-actions.tsx": ["RemarkActions"],
  "questionnaires/form/use-questionnaire-form.ts": ["QuestionnaireEditor"],
  "runs/launch-round.tsx": ["LaunchRound"],
  "runs/use-launch.ts": ["LaunchRun", "BringModelForm"],
  "runs/launch-simulation.tsx": ["LaunchSimulation"],
  "schedules/new-schedule.tsx": ["NewSchedule"],
  "templates/example-note.tsx": ["Examples"],
  "webhooks/delivery-log.tsx": ["SendAgain"],
  "webhooks/new-webhook.tsx": ["NewWebhook"],
  "webhooks/webhook-actions.tsx": ["WebhookActions"],
  "translations/translation-form.tsx": ["Languages"],
};

/**
 * These say it themselves: the desk keeps what is refused, an answer that nothing may change says so in its row, a link's
 * page is refused before its form, and annotators in the arena read no project's state.
 */
const sayItThemselves = /^(?:(?:workbench|offline|guidance|corrections|join)\/|arena\/use-)/;

/** Also makes links of the whole workspace, and offers no archived project for an open one. */
const free: readonly string[] = ["people/people-page.tsx: NewLink"];

const guarded = /<UnlessArchived\b[\s\S]*?<\/UnlessArchived>/g;
const uses = (text: string, element: string) => new RegExp(`<${element}\\b`).test(text);

describe("what an archived project refuses", () => {
  it("is sent from files that are known here", () => {
    const call = new RegExp(`\\bapi\\.(?:${refusedCalls.join("|")})\\(`);
    const sending = sources.filter(({ file, text }) => call.test(text) && !sayItThemselves.test(file));
    expect(sending.map(({ file }) => file).sort()).toEqual(Object.keys(writers).sort());
  });

  it.each([...new Set(Object.values(writers).flat())])(
    "is not offered there: %s stands behind the guard",
    (element) => {
      const behind = sources.filter(({ text }) => (text.match(guarded) ?? []).some((part) => uses(part, element)));
      expect(behind).not.toEqual([]);
      const bare = sources.filter(({ text }) => uses(text.replaceAll(guarded, ""), element));
      expect(bare.map(({ file }) => `${file}: ${element}`).filter((use) => !free.includes(use))).toEqual([]);
    },
  );
});
