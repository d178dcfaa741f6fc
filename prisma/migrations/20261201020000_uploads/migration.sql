-- Files that were brought for imports: sent in pieces, fetched from an address, or named in a folder of the server. They are
-- kept for a while, so that a receipt, its corrections and the import itself read what was brought once.
CREATE TABLE "spooled_file" (
  "id" uuid NOT NULL DEFAULT uuidv7(),
  "workspace_id" uuid NOT NULL,
  "project_id" uuid NOT NULL,
  -- Who brought it.
  "member_id" uuid NOT NULL,
  "origin" text NOT NULL,
  "name" text NOT NULL,
  -- Of an address that without its query, of a folder the path in it.
  "place" text,
  -- Null where whoever sends it does not say.
  "bytes" bigint,
  "received" bigint NOT NULL DEFAULT 0,
  -- Whoever adds to it holds this; the last who came does.
  "turn" uuid,
  "state" text NOT NULL DEFAULT 'arriving',
  "sha256" text,
  -- Of a file that is read in place: what it looked like when it was chosen.
  "stamp" text,
  -- Contracts' Problem: why it did not arrive.
  "problem" jsonb,
  -- Of a download: when the process that makes it was last heard of.
  "beat_at" timestamptz(3),
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" timestamptz(3) NOT NULL,
  CONSTRAINT "spooled_file_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "spooled_file_origin" CHECK ("origin" IN ('upload', 'address', 'folder')),
  CONSTRAINT "spooled_file_state" CHECK ("state" IN ('arriving', 'ready', 'failed'))
);
CREATE UNIQUE INDEX "spooled_file_workspace_id_id_key" ON "spooled_file"("workspace_id", "id");
CREATE INDEX "spooled_file_project_id_id_idx" ON "spooled_file"("project_id", "id");
CREATE INDEX "spooled_file_expires_at_idx" ON "spooled_file"("expires_at");
ALTER TABLE "spooled_file" ADD CONSTRAINT "spooled_file_workspace_id_project_id_fkey"
  FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The pieces that a file has come in, each whole in the file store before its row is there.
CREATE TABLE "spooled_part" (
  "workspace_id" uuid NOT NULL,
  "file_id" uuid NOT NULL,
  "start" bigint NOT NULL,
  "bytes" integer NOT NULL,
  "key" text NOT NULL,
  CONSTRAINT "spooled_part_pkey" PRIMARY KEY ("file_id", "start")
);
ALTER TABLE "spooled_part" ADD CONSTRAINT "spooled_part_workspace_id_file_id_fkey"
  FOREIGN KEY ("workspace_id", "file_id") REFERENCES "spooled_file"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Imports of such files while they are made, and how they ended.
CREATE TABLE "import_job" (
  "id" uuid NOT NULL DEFAULT uuidv7(),
  "workspace_id" uuid NOT NULL,
  "project_id" uuid NOT NULL,
  "member_id" uuid NOT NULL,
  -- No foreign key: the file goes, and the job still says how it ended.
  "file_id" uuid NOT NULL,
  "file_name" text NOT NULL,
  -- Contracts' ImportQuery.
  "query" jsonb NOT NULL,
  "state" text NOT NULL DEFAULT 'running',
  "phase" text NOT NULL DEFAULT 'looking',
  "bytes_read" bigint NOT NULL DEFAULT 0,
  "bytes" bigint NOT NULL,
  "rows_read" integer NOT NULL DEFAULT 0,
  -- Known once the file was looked through.
  "rows" integer,
  "step" integer NOT NULL DEFAULT 0,
  "steps" integer,
  -- Contracts' ImportView.
  "result" jsonb,
  -- Contracts' Problem.
  "problem" jsonb,
  "beat_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "ended_at" timestamptz(3),
  CONSTRAINT "import_job_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "import_job_state" CHECK ("state" IN ('running', 'done', 'failed', 'cancelled', 'interrupted')),
  CONSTRAINT "import_job_phase" CHECK ("phase" IN ('looking', 'reading', 'writing'))
);
CREATE UNIQUE INDEX "import_job_workspace_id_id_key" ON "import_job"("workspace_id", "id");
CREATE INDEX "import_job_project_id_id_idx" ON "import_job"("project_id", "id");
-- One at a time of each file; and who looks for those whose process is gone finds them here.
CREATE UNIQUE INDEX "import_job_running" ON "import_job"("file_id") WHERE "state" = 'running';
ALTER TABLE "import_job" ADD CONSTRAINT "import_job_workspace_id_project_id_fkey"
  FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
