-- What the admins of a workspace are told once. A lot of tasks is an import's, or a batch's where no import brought them.
CREATE TABLE "notice" (
  "id" UUID NOT NULL DEFAULT uuidv7(),
  "workspace_id" UUID NOT NULL,
  "project_id" UUID NOT NULL,
  "batch" INTEGER NOT NULL,
  "import_id" UUID,
  "tasks" INTEGER NOT NULL,
  "judgements" INTEGER NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "notice_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "notice_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id")
    REFERENCES "project"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "notice_lot" ON "notice"("project_id", "batch", "import_id") NULLS NOT DISTINCT;
CREATE INDEX "notice_workspace_id_created_at_idx" ON "notice"("workspace_id", "created_at");

ALTER TABLE "member" ADD COLUMN "notices_read_at" TIMESTAMPTZ(3);
