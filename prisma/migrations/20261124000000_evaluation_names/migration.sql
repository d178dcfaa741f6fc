-- An evaluation that nobody named goes by the two policies that it compares, in the reader's language: what used to be
-- stored as its name was an English sentence made of theirs.
ALTER TABLE "evaluation" ALTER COLUMN "name" DROP NOT NULL;

UPDATE "evaluation" e SET "name" = NULL
FROM "model_version" b
WHERE b."id" = e."baseline_id"
  AND (e."name" = 'New policy against ' || b."name" OR EXISTS (
    SELECT FROM "model_version" c WHERE c."id" = e."candidate_id" AND e."name" = c."name" || ' against ' || b."name"
  ));

-- Both policies, and the run that makes the candidate, are of the evaluation's own workspace.
ALTER TABLE "evaluation"
  ADD CONSTRAINT "evaluation_workspace_id_candidate_id_fkey" FOREIGN KEY ("workspace_id", "candidate_id") REFERENCES "model_version"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
  ADD CONSTRAINT "evaluation_workspace_id_baseline_id_fkey" FOREIGN KEY ("workspace_id", "baseline_id") REFERENCES "model_version"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
  ADD CONSTRAINT "evaluation_workspace_id_candidate_run_id_fkey" FOREIGN KEY ("workspace_id", "candidate_run_id") REFERENCES "run"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
