-- Where an imported task comes from: its id in the file that brought it, by which the same row imported twice is one
-- task, and what the file says of it beside the answers (an aggregate label, kept for comparison and never trained on).
ALTER TABLE "task"
  ADD COLUMN "external_id" TEXT,
  ADD COLUMN "metadata" JSONB;

-- Imports look up the tasks of the prompts they bring.
CREATE INDEX "task_prompt_id_idx" ON "task"("prompt_id");
