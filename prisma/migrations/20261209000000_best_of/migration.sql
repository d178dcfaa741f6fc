-- A blind comparison may ask about the best of several answers of its candidate, by a reward model.

ALTER TABLE "evaluation"
  ADD COLUMN "best_of" INTEGER,
  ADD COLUMN "reward_id" UUID,
  ADD CONSTRAINT "evaluation_best_of_check" CHECK (("best_of" IS NULL) = ("reward_id" IS NULL) AND "best_of" BETWEEN 2 AND 16),
  ADD CONSTRAINT "evaluation_workspace_id_reward_id_fkey" FOREIGN KEY ("workspace_id", "reward_id")
    REFERENCES "model_version"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
