-- What somebody has left out of a project: a person's work, an item, or one judgement. The row is there as long as it is left
-- out, and goes when it is put back; the audit keeps both. Nothing of what is left out changes: it keeps its place at its task.
CREATE TABLE "left_out" (
  "id" uuid NOT NULL DEFAULT uuidv7(),
  "workspace_id" uuid NOT NULL,
  "project_id" uuid NOT NULL,
  -- One of the three: all that this member judges in the project, all judgements of this task, or this judgement.
  "member_id" uuid,
  "task_id" uuid,
  "judgement_id" uuid,
  -- What was left out by one command is put back by one.
  "act_id" uuid NOT NULL,
  -- Contracts' LeftOutReason.
  "reason" text NOT NULL,
  "note" text NOT NULL DEFAULT '',
  "created_by_id" uuid,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "left_out_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "left_out_one_thing" CHECK (num_nonnulls("member_id", "task_id", "judgement_id") = 1)
);
CREATE UNIQUE INDEX "left_out_project_id_member_id_key" ON "left_out"("project_id", "member_id");
CREATE UNIQUE INDEX "left_out_task_id_key" ON "left_out"("task_id");
CREATE UNIQUE INDEX "left_out_judgement_id_key" ON "left_out"("judgement_id");
CREATE INDEX "left_out_project_id_act_id_idx" ON "left_out"("project_id", "act_id");

ALTER TABLE "left_out" ADD CONSTRAINT "left_out_workspace_id_project_id_fkey"
  FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "left_out" ADD CONSTRAINT "left_out_workspace_id_member_id_fkey"
  FOREIGN KEY ("workspace_id", "member_id") REFERENCES "member"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "left_out" ADD CONSTRAINT "left_out_workspace_id_task_id_fkey"
  FOREIGN KEY ("workspace_id", "task_id") REFERENCES "task"("workspace_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "left_out" ADD CONSTRAINT "left_out_workspace_id_judgement_id_fkey"
  FOREIGN KEY ("workspace_id", "judgement_id") REFERENCES "judgement"("workspace_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- Answers that stand: nothing supersedes them, they are within the cap, and they are no repeats. Each has its place at its
-- task, so assignment, tallies, progress and who may still be asked go by these.
CREATE VIEW "standing_judgement" AS
SELECT
  j."id", j."workspace_id", j."project_id", j."task_id", j."lease_id", j."member_id", j."guideline_id", j."answer",
  j."shown_order", j."flagged", j."comment", j."timings", j."client", j."source", j."created_at",
  m."kind" AS "member_kind", coalesce(m."external_id", m."id"::text) AS "annotator",
  q."questions", t."questionnaire_id", t."prompt_id", t."completion_ids", t."evaluation_id"
FROM "judgement" j
JOIN "task" t ON t."id" = j."task_id"
JOIN "questionnaire" q ON q."id" = t."questionnaire_id"
JOIN "member" m ON m."id" = j."member_id"
WHERE j."kind" = 'answer' AND NOT j."surplus" AND NOT j."repeat"
  AND NOT EXISTS (SELECT FROM "judgement" s WHERE s."supersedes_id" = j."id");

-- Judgements that count: those that stand and are not left out. Learning, exports and agreement read this and never the
-- table. Three conditions of equality, so that each is a look into an index for few and a hash for many.
CREATE OR REPLACE VIEW "effective_judgement" AS
SELECT s.* FROM "standing_judgement" s
WHERE NOT EXISTS (SELECT FROM "left_out" o WHERE o."judgement_id" = s."id")
  AND NOT EXISTS (SELECT FROM "left_out" o WHERE o."task_id" = s."task_id")
  AND NOT EXISTS (SELECT FROM "left_out" o WHERE o."project_id" = s."project_id" AND o."member_id" = s."member_id");

-- Judgements that stand and are left out, each once: by itself, else with its item, else with whoever made it.
CREATE VIEW "left_out_judgement" AS
SELECT s."id", s."workspace_id", s."project_id", s."task_id", s."member_id", s."source", s."evaluation_id", o."reason"
FROM "left_out" o JOIN "standing_judgement" s ON s."id" = o."judgement_id"
UNION ALL
SELECT s."id", s."workspace_id", s."project_id", s."task_id", s."member_id", s."source", s."evaluation_id", o."reason"
FROM "left_out" o JOIN "standing_judgement" s ON s."task_id" = o."task_id"
WHERE NOT EXISTS (SELECT FROM "left_out" n WHERE n."judgement_id" = s."id")
UNION ALL
SELECT s."id", s."workspace_id", s."project_id", s."task_id", s."member_id", s."source", s."evaluation_id", o."reason"
FROM "left_out" o JOIN "standing_judgement" s ON s."member_id" = o."member_id" AND s."project_id" = o."project_id"
WHERE NOT EXISTS (SELECT FROM "left_out" n WHERE n."judgement_id" = s."id")
  AND NOT EXISTS (SELECT FROM "left_out" n WHERE n."task_id" = s."task_id");
