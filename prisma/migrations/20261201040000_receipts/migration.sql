-- What an import keeps of its receipt, and which bytes it was: the same file once more is known by them. A table of its own, so
-- that no list of imports reads it. An import from before has none.
CREATE UNIQUE INDEX "import_workspace_id_id_key" ON "import"("workspace_id", "id");

CREATE TABLE "import_receipt" (
  "import_id" uuid NOT NULL,
  "workspace_id" uuid NOT NULL,
  "project_id" uuid NOT NULL,
  -- SHA-256 of the file's bytes.
  "sha256" text NOT NULL,
  -- Contracts' KeptReceipt: it quotes no row of the file.
  "receipt" jsonb NOT NULL,
  CONSTRAINT "import_receipt_pkey" PRIMARY KEY ("import_id")
);
CREATE UNIQUE INDEX "import_receipt_workspace_id_import_id_key" ON "import_receipt"("workspace_id", "import_id");
CREATE INDEX "import_receipt_project_id_sha256_idx" ON "import_receipt"("project_id", "sha256");

ALTER TABLE "import_receipt" ADD CONSTRAINT "import_receipt_workspace_id_import_id_fkey"
  FOREIGN KEY ("workspace_id", "import_id") REFERENCES "import"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "import_receipt" ADD CONSTRAINT "import_receipt_workspace_id_project_id_fkey"
  FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
