-- What a file said of an answer beside its text (the model that wrote it, its id in the export it came from), and of a
-- judgement beside the answer (label id, annotator, time and margin there), so that an export brings it out again. What
-- is there already came without.
ALTER TABLE "completion" ADD COLUMN "metadata" jsonb;
ALTER TABLE "judgement" ADD COLUMN "origin" jsonb;

-- Whether a project has got a label of some export already.
CREATE INDEX "judgement_origin_label_idx" ON "judgement" ("project_id", ("origin" ->> 'labelId')) WHERE "origin" IS NOT NULL;
