-- A whole project as one file: written by a worker into the file store ("out"), or brought here by somebody ("in"), from
-- which a worker makes a project in one transaction.
CREATE TABLE "project_archive" (
  "id" uuid NOT NULL DEFAULT uuidv7(),
  "workspace_id" uuid NOT NULL,
  -- Of one that is brought: null until the project is there.
  "project_id" uuid,
  "direction" text NOT NULL,
  -- arriving while it is uploaded, waiting, working, ready, failed, or removed where the file went because of what is no longer to be in it
  "state" text NOT NULL DEFAULT 'waiting',
  -- One more each time a worker takes it: whoever has an older one changes nothing.
  "attempt" integer NOT NULL DEFAULT 0,
  -- Attempts in a row that ended with their worker's death.
  "lost" integer NOT NULL DEFAULT 0,
  -- What a worker is at: checking, files or rows.
  "phase" text,
  -- Rows written or read so far, and in all once that is known.
  "rows" bigint NOT NULL DEFAULT 0,
  "total_rows" bigint,
  -- Of a file that was brought, what it was called.
  "name" text,
  -- Under which key of the file store it lies, while it does.
  "path" text,
  "bytes" bigint,
  "sha256" text,
  -- Contracts' ArchiveContents of one that is written, ArchiveReceipt of one that was brought.
  "told" jsonb,
  -- Contracts' Problem: why it was not written, or is not taken.
  "problem" jsonb,
  -- erased or deleted: why it was removed
  "removed_because" text,
  "asked_by_id" uuid,
  "asked_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "not_before" timestamptz(3),
  "heartbeat_at" timestamptz(3),
  "ended_at" timestamptz(3),
  CONSTRAINT "project_archive_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "project_archive_direction" CHECK ("direction" IN ('out', 'in')),
  CONSTRAINT "project_archive_state" CHECK ("state" IN ('arriving', 'waiting', 'working', 'ready', 'failed', 'removed')),
  CONSTRAINT "project_archive_project" CHECK ("project_id" IS NOT NULL OR ("direction" = 'in' AND "state" <> 'ready')),
  CONSTRAINT "project_archive_ready" CHECK (
    "state" <> 'ready' OR "direction" = 'in' OR num_nonnulls("path", "bytes", "sha256", "told", "ended_at") = 5)
);
CREATE UNIQUE INDEX "project_archive_workspace_id_id_key" ON "project_archive"("workspace_id", "id");
CREATE INDEX "project_archive_project_id_idx" ON "project_archive"("project_id");
-- A project has one that is written of it.
CREATE UNIQUE INDEX "project_archive_out" ON "project_archive"("project_id") WHERE "direction" = 'out';
-- What workers look for, of all projects.
CREATE INDEX "project_archive_undone" ON "project_archive"("id") WHERE "state" IN ('waiting', 'working');
ALTER TABLE "project_archive" ADD CONSTRAINT "project_archive_workspace_id_fkey"
  FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "project_archive" ADD CONSTRAINT "project_archive_workspace_id_project_id_fkey"
  FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "project_archive" ADD CONSTRAINT "project_archive_workspace_id_asked_by_id_fkey"
  FOREIGN KEY ("workspace_id", "asked_by_id") REFERENCES "member"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- As before, but where an archive is made a project of: that takes long, and has drawn the numbers of its models in a short
-- transaction before, so that nobody who publishes a model meanwhile waits for the counter's row.
CREATE OR REPLACE FUNCTION number_model_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('touchstone.numbered_models', true) = 'yes' THEN
    RETURN NEW;
  END IF;
  NEW.number := next_number(NEW.workspace_id, NEW.kind::text);
  RETURN NEW;
END $$;
