-- What people have left at the desk beside their answers is listed, newest first: skips, and judgements with a flag or a
-- comment. A skip of the version before has no time of its own; it counts from when its task was shown.
CREATE INDEX "lease_skipped" ON "lease" ("project_id", (coalesce("skipped_at", "created_at")), "id")
  WHERE "state" = 'skipped';
CREATE INDEX "judgement_remark" ON "judgement" ("project_id", "created_at", "id")
  WHERE "kind" = 'answer' AND "source" = 'person' AND ("flagged" OR "comment" <> '');
