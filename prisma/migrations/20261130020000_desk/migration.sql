-- What somebody has skipped in a project, newest first, stands beside what they have judged there.
CREATE INDEX "lease_own_skips" ON "lease" ("member_id", "project_id", (coalesce("skipped_at", "created_at")), "id")
  WHERE "state" = 'skipped';

-- The imports by whose word alone a prompt is marked as sensitive: when the last of them is undone, the mark goes. Nobody's
-- where the staff has decided, or where the mark is older than this.
ALTER TABLE "prompt" ADD COLUMN "sensitive_by" uuid[] NOT NULL DEFAULT '{}';
