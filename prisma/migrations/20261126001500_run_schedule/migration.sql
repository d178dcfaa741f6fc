-- Which schedule started a run: a schedule does not fire while its own runs are under way. Runs outlive their schedule.
ALTER TABLE "run" ADD COLUMN "schedule_id" UUID;
CREATE INDEX "run_schedule_id_idx" ON "run" ("schedule_id");
