-- What people ask the staff from a task, and are answered; and what of a project's inbox is done with.

CREATE TABLE "inquiry" (
  "id" uuid NOT NULL DEFAULT uuidv7(),
  "workspace_id" uuid NOT NULL,
  "project_id" uuid NOT NULL,
  "task_id" uuid NOT NULL,
  "member_id" uuid NOT NULL,
  "text" text NOT NULL,
  "idempotency_key" uuid NOT NULL,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "answer" text,
  "answered_by_id" uuid,
  "answered_at" timestamptz(3),
  "for_all" boolean NOT NULL DEFAULT false,
  "seen_at" timestamptz(3),
  CONSTRAINT "inquiry_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "inquiry_answered_whole" CHECK (
    ("answer" IS NULL) = ("answered_at" IS NULL) AND ("answer" IS NULL) = ("answered_by_id" IS NULL)
    AND ("answer" IS NOT NULL OR NOT "for_all")),
  CONSTRAINT "inquiry_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id")
    REFERENCES "project"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "inquiry_workspace_id_task_id_fkey" FOREIGN KEY ("workspace_id", "task_id")
    REFERENCES "task"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "inquiry_workspace_id_member_id_fkey" FOREIGN KEY ("workspace_id", "member_id")
    REFERENCES "member"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "inquiry_workspace_id_answered_by_id_fkey" FOREIGN KEY ("workspace_id", "answered_by_id")
    REFERENCES "member"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE UNIQUE INDEX "inquiry_workspace_id_id_key" ON "inquiry"("workspace_id", "id");
-- A question that is sent again after a lost answer is one question.
CREATE UNIQUE INDEX "inquiry_member_id_idempotency_key_key" ON "inquiry"("member_id", "idempotency_key");
CREATE INDEX "inquiry_project_id_created_at_id_idx" ON "inquiry"("project_id", "created_at", "id");
CREATE INDEX "inquiry_task_id_idx" ON "inquiry"("task_id");
-- Whoever asked: theirs, newest first. Notes for everybody are few.
CREATE INDEX "inquiry_asked" ON "inquiry"("member_id", "project_id", "created_at");
CREATE INDEX "inquiry_for_all" ON "inquiry"("project_id", "answered_at") WHERE "for_all";

CREATE TABLE "remark_done" (
  "workspace_id" uuid NOT NULL,
  "project_id" uuid NOT NULL,
  "remark_id" uuid NOT NULL,
  "member_id" uuid NOT NULL,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "remark_done_pkey" PRIMARY KEY ("project_id", "remark_id"),
  CONSTRAINT "remark_done_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id")
    REFERENCES "project"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "remark_done_workspace_id_member_id_fkey" FOREIGN KEY ("workspace_id", "member_id")
    REFERENCES "member"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- A question as whoever asked it sees it: contracts' InquiryView.
CREATE FUNCTION "inquiry_view"(p inquiry) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'id', p.id, 'taskId', p.task_id, 'text', p.text,
    'createdAt', to_char(p.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'answer', CASE WHEN p.answer IS NOT NULL THEN jsonb_build_object(
      'text', p.answer, 'forAll', p.for_all, 'by', (SELECT m.name FROM member m WHERE m.id = p.answered_by_id),
      'at', to_char(p.answered_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) END,
    'done', EXISTS (SELECT FROM remark_done d WHERE d.project_id = p.project_id AND d.remark_id = p.id),
    'seen', p.answered_at IS NULL OR p.seen_at IS NOT NULL)
$$;
