-- What people say of a frozen label set. The set itself never changes: it may have been frozen by a run before anybody
-- gave it a name.
CREATE TABLE "label_set_note" (
  "label_set_id" uuid NOT NULL,
  "workspace_id" uuid NOT NULL,
  "project_id" uuid NOT NULL,
  "name" text,
  -- Contracts' ItemSelection, by which the first to freeze it by hand had chosen.
  "selection" jsonb,
  "includes_evaluations" boolean,
  "made_by_id" uuid,
  "made_at" timestamptz(3),
  -- When it was last made the project's latest; the newest of these is.
  "published_at" timestamptz(3),
  CONSTRAINT "label_set_note_pkey" PRIMARY KEY ("label_set_id")
);
CREATE UNIQUE INDEX "label_set_note_workspace_id_label_set_id_key" ON "label_set_note"("workspace_id", "label_set_id");
CREATE INDEX "label_set_note_project_id_published_at_idx" ON "label_set_note"("project_id", "published_at" DESC);
ALTER TABLE "label_set_note" ADD CONSTRAINT "label_set_note_workspace_id_label_set_id_fkey"
  FOREIGN KEY ("workspace_id", "label_set_id") REFERENCES "label_set"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "label_set_note" ADD CONSTRAINT "label_set_note_workspace_id_made_by_id_fkey"
  FOREIGN KEY ("workspace_id", "made_by_id") REFERENCES "member"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
-- A project's sets, newest first.
CREATE INDEX "label_set_project_id_id_idx" ON "label_set"("project_id", "id" DESC);

-- Files of label sets, which a worker writes into the file store. The row says what of them is there.
CREATE TABLE "label_set_file" (
  "id" uuid NOT NULL DEFAULT uuidv7(),
  "workspace_id" uuid NOT NULL,
  "project_id" uuid NOT NULL,
  "label_set_id" uuid NOT NULL,
  -- As it stands in the address; it tells shape, aggregation and container (contracts' label-set-file-name).
  "name" text NOT NULL,
  -- waiting, writing, ready or failed
  "state" text NOT NULL DEFAULT 'waiting',
  -- One more each time a worker takes it: whoever has an older one changes nothing.
  "attempt" integer NOT NULL DEFAULT 0,
  -- Attempts in a row that ended with their worker's death.
  "lost" integer NOT NULL DEFAULT 0,
  -- Tombstones of the set when the attempt began: another number later, and it holds what was deleted.
  "deleted" integer NOT NULL DEFAULT 0,
  -- Written so far, and in all once it is ready.
  "rows" integer NOT NULL DEFAULT 0,
  -- Judgements of evaluation pairs that were still open, of which the file doesn't tell which answer is whose.
  "blind" integer NOT NULL DEFAULT 0,
  -- Under which key of the file store it lies.
  "path" text,
  "bytes" bigint,
  "sha256" text,
  "asked_by_id" uuid,
  "asked_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "not_before" timestamptz(3),
  "heartbeat_at" timestamptz(3),
  "written_at" timestamptz(3),
  CONSTRAINT "label_set_file_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "label_set_file_state" CHECK ("state" IN ('waiting', 'writing', 'ready', 'failed')),
  CONSTRAINT "label_set_file_ready" CHECK (("state" = 'ready') = (num_nonnulls("path", "bytes", "sha256", "written_at") = 4))
);
CREATE UNIQUE INDEX "label_set_file_workspace_id_id_key" ON "label_set_file"("workspace_id", "id");
CREATE UNIQUE INDEX "label_set_file_label_set_id_name_key" ON "label_set_file"("label_set_id", "name");
CREATE INDEX "label_set_file_project_id_idx" ON "label_set_file"("project_id");
-- What workers look for, of all projects.
CREATE INDEX "label_set_file_unwritten" ON "label_set_file"("id") WHERE "state" IN ('waiting', 'writing');
ALTER TABLE "label_set_file" ADD CONSTRAINT "label_set_file_workspace_id_label_set_id_fkey"
  FOREIGN KEY ("workspace_id", "label_set_id") REFERENCES "label_set"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "label_set_file" ADD CONSTRAINT "label_set_file_workspace_id_asked_by_id_fkey"
  FOREIGN KEY ("workspace_id", "asked_by_id") REFERENCES "member"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
