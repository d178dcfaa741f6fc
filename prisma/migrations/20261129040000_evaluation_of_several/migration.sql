-- An evaluation compares two to nine policies: candidate, baseline, and these others.
CREATE TABLE "evaluation_other" (
  "workspace_id" uuid NOT NULL,
  "evaluation_id" uuid NOT NULL,
  "place" smallint NOT NULL,
  "model_version_id" uuid NOT NULL,
  CONSTRAINT "evaluation_other_pkey" PRIMARY KEY ("evaluation_id", "place"),
  CONSTRAINT "evaluation_other_workspace_id_evaluation_id_fkey" FOREIGN KEY ("workspace_id", "evaluation_id")
    REFERENCES "evaluation"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "evaluation_other_workspace_id_model_version_id_fkey" FOREIGN KEY ("workspace_id", "model_version_id")
    REFERENCES "model_version"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE UNIQUE INDEX "evaluation_other_evaluation_id_model_version_id_key" ON "evaluation_other"("evaluation_id", "model_version_id");

ALTER TABLE "evaluation"
  ADD COLUMN "ask" text NOT NULL DEFAULT 'pairs' CONSTRAINT "evaluation_ask" CHECK ("ask" IN ('pairs', 'ranking')),
  ADD COLUMN "equal_pairs" jsonb NOT NULL DEFAULT '[]';
