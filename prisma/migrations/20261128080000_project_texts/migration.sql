-- A project's texts in more languages than one. What answers hold stays the same in each: a translation is only shown.
ALTER TABLE "project" ADD COLUMN "language" TEXT;

CREATE TABLE "project_translation" (
  "workspace_id" UUID NOT NULL,
  "project_id" UUID NOT NULL,
  "language" TEXT NOT NULL,
  "name" TEXT NOT NULL DEFAULT '',
  "description" TEXT NOT NULL DEFAULT '',
  "words" JSONB NOT NULL DEFAULT '[]',
  CONSTRAINT "project_translation_pkey" PRIMARY KEY ("project_id", "language"),
  CONSTRAINT "project_translation_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id")
    REFERENCES "project"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Of a version: the number is the guideline's own, in every language.
CREATE TABLE "guideline_translation" (
  "workspace_id" UUID NOT NULL,
  "guideline_id" UUID NOT NULL,
  "language" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "guideline_translation_pkey" PRIMARY KEY ("guideline_id", "language"),
  CONSTRAINT "guideline_translation_workspace_id_guideline_id_fkey" FOREIGN KEY ("workspace_id", "guideline_id")
    REFERENCES "guideline"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
