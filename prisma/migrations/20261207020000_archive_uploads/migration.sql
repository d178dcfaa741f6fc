-- The copy of a whole project is uploaded as a file for an import is, in pieces that stay where the connection breaks; it is
-- of no project yet.
ALTER TABLE "spooled_file" ALTER COLUMN "project_id" DROP NOT NULL;
ALTER TABLE "spooled_file" ADD CONSTRAINT "spooled_file_project" CHECK ("project_id" IS NOT NULL OR "origin" = 'upload');
ALTER TABLE "spooled_file" ADD CONSTRAINT "spooled_file_workspace_id_fkey"
  FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "project_archive"
  -- The upload that a project is made of, while it is there. No foreign key: it goes, and the row still says what became of it.
  ADD COLUMN "file_id" uuid,
  -- Of what a worker is at, how many are done, and of how many: parts checked, files stored or written, tables.
  ADD COLUMN "step" integer NOT NULL DEFAULT 0,
  ADD COLUMN "steps" integer,
  -- What is put into the file store before the rows that name it: it is removed where these never come.
  ADD COLUMN "to_clear" jsonb,
  DROP CONSTRAINT "project_archive_state",
  ADD CONSTRAINT "project_archive_state" CHECK (
    "state" IN ('arriving', 'waiting', 'working', 'ready', 'failed', 'cancelled', 'removed'));
-- One at a time of each upload.
CREATE UNIQUE INDEX "project_archive_file" ON "project_archive"("file_id") WHERE "state" IN ('waiting', 'working');
