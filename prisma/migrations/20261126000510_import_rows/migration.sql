-- An import knows its rows, so that it can be opened and undone. What was imported before this knows nothing of it.
ALTER TABLE "import" ADD COLUMN "tracked" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "prompt" ADD COLUMN "import_id" UUID;
ALTER TABLE "completion" ADD COLUMN "import_id" UUID;
ALTER TABLE "task" ADD COLUMN "import_id" UUID;
ALTER TABLE "judgement" ADD COLUMN "import_id" UUID;
CREATE INDEX "prompt_import" ON "prompt"("import_id") WHERE "import_id" IS NOT NULL;
CREATE INDEX "completion_import" ON "completion"("import_id") WHERE "import_id" IS NOT NULL;
CREATE INDEX "task_import" ON "task"("import_id") WHERE "import_id" IS NOT NULL;
CREATE INDEX "judgement_import" ON "judgement"("import_id") WHERE "import_id" IS NOT NULL;

-- Prompts, answers, tasks and judgements that an import met: they were there, and it uses them too. Of a task that it
-- gave votes, what was before is kept.
CREATE TABLE "import_met" (
    "import_id" UUID NOT NULL,
    "row_id" UUID NOT NULL,
    "overlap" INTEGER,
    "state" "task_state",

    CONSTRAINT "import_met_pkey" PRIMARY KEY ("import_id", "row_id")
);
CREATE INDEX "import_met_row_id_idx" ON "import_met"("row_id");
ALTER TABLE "import_met" ADD CONSTRAINT "import_met_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Judgements stay append-only with one exception: the votes of an import go with it, and only with it (or with the last
-- import that brought them too). The undo names the import in its own transaction.
DROP TRIGGER "append_only" ON "judgement";
CREATE TRIGGER "append_only" BEFORE UPDATE OR TRUNCATE ON "judgement" EXECUTE FUNCTION "refuse_change"();
CREATE FUNCTION "refuse_deletion_of_judgement"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_undone text := current_setting('touchstone.undone_import', true);
BEGIN
  IF OLD.source = 'imported' AND (OLD.import_id::text = v_undone OR (
    EXISTS (SELECT FROM import_met m WHERE m.row_id = OLD.id AND m.import_id::text = v_undone)
    AND NOT EXISTS (SELECT FROM import i WHERE i.id = OLD.import_id)))
  THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER "append_only_rows" BEFORE DELETE ON "judgement" FOR EACH ROW
  EXECUTE FUNCTION "refuse_deletion_of_judgement"();
