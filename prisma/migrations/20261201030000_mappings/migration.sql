-- How files with certain columns are read, under a name, for all who bring files into a project.
CREATE TABLE "import_mapping" (
  "id" uuid NOT NULL DEFAULT uuidv7(),
  "workspace_id" uuid NOT NULL,
  "project_id" uuid NOT NULL,
  "member_id" uuid NOT NULL,
  "name" text NOT NULL,
  -- Names of the file's own columns, which a file must have, these and no others, to be read so by itself.
  "header" text[] NOT NULL,
  "reading" jsonb NOT NULL,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "import_mapping_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "import_mapping_project_id_name_key" ON "import_mapping"("project_id", "name");
CREATE UNIQUE INDEX "import_mapping_workspace_id_id_key" ON "import_mapping"("workspace_id", "id");
ALTER TABLE "import_mapping" ADD CONSTRAINT "import_mapping_workspace_id_project_id_fkey"
  FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "import_mapping" ADD CONSTRAINT "import_mapping_workspace_id_member_id_fkey"
  FOREIGN KEY ("workspace_id", "member_id") REFERENCES "member"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
