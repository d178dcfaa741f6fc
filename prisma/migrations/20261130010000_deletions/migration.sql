-- Projects and prompts are deleted for good: hidden or named at once, and removed in steps that a killed process goes on with.

-- A project that is being deleted: nothing reads it any more, and nothing is added to it.
ALTER TABLE "project" ADD COLUMN "deleted_at" timestamptz(3);

-- Whom an open link led to some projects only: they stay confined when the last of these is deleted, and see none then.
ALTER TABLE "member" ADD COLUMN "confined" boolean NOT NULL DEFAULT false;
UPDATE "member" m SET "confined" = true WHERE EXISTS (SELECT FROM "project_access" a WHERE a."member_id" = m."id");
CREATE FUNCTION "confine_member"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE member SET confined = true WHERE id = NEW.member_id AND NOT confined;
  RETURN NULL;
END
$$;
CREATE TRIGGER "confined" AFTER INSERT ON "project_access" FOR EACH ROW EXECUTE FUNCTION "confine_member"();

CREATE OR REPLACE FUNCTION "may_work"(p_workspace uuid, p_project uuid, p_member uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM project p WHERE p.id = p_project AND p.workspace_id = p_workspace AND p.deleted_at IS NULL
      AND (cardinality(p.groups) = 0 OR EXISTS (SELECT FROM member m WHERE m.id = p_member AND (m.kind <> 'person' OR m.groups && p.groups))))
    AND (EXISTS (SELECT FROM project_access WHERE project_id = p_project AND member_id = p_member)
      OR NOT EXISTS (SELECT FROM member m WHERE m.id = p_member AND m.confined))
$$;

-- What is deleted, as it was counted before, and how far it is. The row stays: it says that there was something, and not what.
CREATE TABLE "deletion" (
  "id" uuid NOT NULL DEFAULT uuidv7(),
  "workspace_id" uuid NOT NULL,
  -- No foreign key: it is gone in the end.
  "project_id" uuid NOT NULL,
  "kind" text NOT NULL,
  -- The project's.
  "name" text NOT NULL,
  -- Contracts' DeletedCounts.
  "counts" jsonb NOT NULL,
  -- Of the tasks of that time, how many are gone.
  "removed" integer NOT NULL DEFAULT 0,
  "created_by_id" uuid,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "finished_at" timestamptz(3),
  CONSTRAINT "deletion_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "deletion_kind" CHECK ("kind" IN ('project', 'prompts'))
);
CREATE UNIQUE INDEX "deletion_workspace_id_id_key" ON "deletion"("workspace_id", "id");
CREATE INDEX "deletion_under_way" ON "deletion"("id") WHERE "finished_at" IS NULL;
ALTER TABLE "deletion" ADD CONSTRAINT "deletion_workspace_id_fkey"
  FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "deletion_prompt" (
  "workspace_id" uuid NOT NULL,
  "deletion_id" uuid NOT NULL,
  -- No foreign key: it goes before this row does.
  "prompt_id" uuid NOT NULL,
  CONSTRAINT "deletion_prompt_pkey" PRIMARY KEY ("deletion_id", "prompt_id")
);
ALTER TABLE "deletion_prompt" ADD CONSTRAINT "deletion_prompt_workspace_id_deletion_id_fkey"
  FOREIGN KEY ("workspace_id", "deletion_id") REFERENCES "deletion"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Files whose rows are gone and whose bytes are yet to go.
CREATE TABLE "deletion_file" (
  "workspace_id" uuid NOT NULL,
  "deletion_id" uuid NOT NULL,
  "sha256" text NOT NULL,
  CONSTRAINT "deletion_file_pkey" PRIMARY KEY ("deletion_id", "sha256")
);
ALTER TABLE "deletion_file" ADD CONSTRAINT "deletion_file_workspace_id_deletion_id_fkey"
  FOREIGN KEY ("workspace_id", "deletion_id") REFERENCES "deletion"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Leases that somebody held, or had let run out, of tasks that are gone: whoever sends an answer later is told why it is not taken.
CREATE TABLE "withdrawn_lease" (
  "workspace_id" uuid NOT NULL,
  "lease_id" uuid NOT NULL,
  "member_id" uuid NOT NULL,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "withdrawn_lease_pkey" PRIMARY KEY ("lease_id")
);
ALTER TABLE "withdrawn_lease" ADD CONSTRAINT "withdrawn_lease_workspace_id_member_id_fkey"
  FOREIGN KEY ("workspace_id", "member_id") REFERENCES "member"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What a frozen label set held and was deleted since: the id of the judgement and SHA-256 (hex) of the line that the set's own
-- hash was made of (freeze.ts), so that the set keeps its id, its hash and its count.
CREATE TABLE "label_set_tombstone" (
  "workspace_id" uuid NOT NULL,
  "label_set_id" uuid NOT NULL,
  "judgement_id" uuid NOT NULL,
  "line_sha256" text NOT NULL,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "label_set_tombstone_pkey" PRIMARY KEY ("label_set_id", "judgement_id")
);
ALTER TABLE "label_set_tombstone" ADD CONSTRAINT "label_set_tombstone_workspace_id_label_set_id_fkey"
  FOREIGN KEY ("workspace_id", "label_set_id") REFERENCES "label_set"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A model outlives the project and the run that made it, and says what it was trained on: contracts' DeletedOrigin.
ALTER TABLE "model_version" ADD COLUMN "deleted_origin" jsonb;
-- Of an evaluation's prompts, how many were deleted since.
ALTER TABLE "evaluation" ADD COLUMN "deleted_prompts" integer NOT NULL DEFAULT 0;

-- Leases of a task in any state: without it each task that goes looks through all leases.
CREATE INDEX "lease_task" ON "lease"("task_id");

-- The deletion that is under way in this transaction; null in any other. Only `remove_tasks` and the last step of a project name it.
CREATE FUNCTION "deletion_here"() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('touchstone.deletion', true), '')::uuid
$$;

-- Judgements stay append-only with two exceptions: the votes of an import go with it, and what is deleted goes.
CREATE OR REPLACE FUNCTION "refuse_deletion_of_judgement"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_undone text := current_setting('touchstone.undone_import', true);
BEGIN
  IF OLD.source = 'imported' AND (OLD.import_id::text = v_undone OR (
    EXISTS (SELECT FROM import_met m WHERE m.row_id = OLD.id AND m.import_id::text = v_undone)
    AND NOT EXISTS (SELECT FROM import i WHERE i.id = OLD.import_id)))
  THEN
    RETURN OLD;
  END IF;
  IF EXISTS (
    SELECT FROM deletion d WHERE d.id = deletion_here() AND d.finished_at IS NULL AND d.project_id = OLD.project_id
      AND (d.kind = 'project' OR EXISTS (SELECT FROM deletion_prompt x JOIN task t ON t.prompt_id = x.prompt_id
        WHERE x.deletion_id = d.id AND t.id = OLD.task_id)))
  THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;

-- So do the journal, and label sets with what they hold: of a project under deletion, rows go.
CREATE FUNCTION "refuse_deletion_of_record"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM deletion d WHERE d.id = deletion_here() AND d.finished_at IS NULL AND d.project_id = OLD.project_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;
CREATE FUNCTION "refuse_deletion_of_item"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM deletion d JOIN label_set s ON s.project_id = d.project_id
    WHERE d.id = deletion_here() AND d.finished_at IS NULL AND s.id = OLD.label_set_id)
  THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;
DROP TRIGGER "append_only" ON "journal";
DROP TRIGGER "append_only" ON "label_set";
DROP TRIGGER "append_only" ON "label_set_item";
CREATE TRIGGER "append_only" BEFORE UPDATE OR TRUNCATE ON "journal" EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR TRUNCATE ON "label_set" EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR TRUNCATE ON "label_set_item" EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only_rows" BEFORE DELETE ON "journal" FOR EACH ROW EXECUTE FUNCTION "refuse_deletion_of_record"();
CREATE TRIGGER "append_only_rows" BEFORE DELETE ON "label_set" FOR EACH ROW EXECUTE FUNCTION "refuse_deletion_of_record"();
CREATE TRIGGER "append_only_rows" BEFORE DELETE ON "label_set_item" FOR EACH ROW EXECUTE FUNCTION "refuse_deletion_of_item"();

-- Of these tasks those of which no lease is at work in another transaction, with their leases locked. Whoever submits locks
-- the lease before the task, so leases come first, and nobody is waited for; a lease that was made between both looks is
-- seen at the second, after which none is made any more.
CREATE FUNCTION "lock_whole_tasks"(p_tasks uuid[]) RETURNS uuid[] LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_tasks uuid[] := p_tasks;
  v_leases uuid[];
BEGIN
  FOR look IN 1..2 LOOP
    v_leases := ARRAY(SELECT l.id FROM lease l WHERE l.task_id = ANY (v_tasks) FOR UPDATE SKIP LOCKED);
    v_tasks := ARRAY(
      SELECT t.id FROM unnest(v_tasks) AS t(id) WHERE NOT EXISTS (
        SELECT FROM lease l LEFT JOIN unnest(v_leases) AS k(id) ON k.id = l.id WHERE l.task_id = t.id AND k.id IS NULL));
    v_tasks := ARRAY(SELECT t.id FROM task t WHERE t.id = ANY (v_tasks) FOR UPDATE SKIP LOCKED);
  END LOOP;
  RETURN v_tasks;
END
$$;

-- Removes up to so many tasks of a deletion with all that hangs on them, in one transaction. The caller has made sure that
-- nothing freezes or leaves out meanwhile. Returns how many; 0 where those that are left are at work.
CREATE FUNCTION "remove_tasks"(p_deletion uuid, p_limit integer) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_deletion deletion;
  v_tasks uuid[];
  v_count integer;
BEGIN
  SELECT d.* INTO v_deletion FROM deletion d WHERE d.id = p_deletion AND d.finished_at IS NULL FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN 0;
  END IF;
  IF v_deletion.kind = 'project' THEN
    v_tasks := ARRAY(SELECT t.id FROM task t WHERE t.project_id = v_deletion.project_id LIMIT p_limit);
  ELSE
    v_tasks := ARRAY(SELECT t.id FROM deletion_prompt x JOIN task t ON t.prompt_id = x.prompt_id
      WHERE x.deletion_id = p_deletion LIMIT p_limit);
  END IF;
  v_tasks := lock_whole_tasks(v_tasks);
  v_count := coalesce(cardinality(v_tasks), 0);
  IF v_count = 0 THEN
    RETURN 0;
  END IF;
  PERFORM set_config('touchstone.deletion', p_deletion::text, true);

  INSERT INTO withdrawn_lease (workspace_id, lease_id, member_id)
  SELECT l.workspace_id, l.id, l.member_id FROM lease l
  WHERE l.task_id = ANY (v_tasks) AND l.state IN ('held', 'expired', 'released') ON CONFLICT DO NOTHING;

  IF v_deletion.kind = 'prompts' THEN
    INSERT INTO label_set_tombstone (workspace_id, label_set_id, judgement_id, line_sha256)
    SELECT i.workspace_id, i.label_set_id, j.id,
      encode(sha256(convert_to(j.id || ' ' || j.shown_order::text || ' ' || coalesce(j.answer::text, '') || E'\n', 'UTF8')), 'hex')
    FROM judgement j JOIN label_set_item i ON i.judgement_id = j.id WHERE j.task_id = ANY (v_tasks);

    -- As each was counted when it was sent: a lease counts once, however often its answer was corrected.
    UPDATE tally y SET
      total = greatest(0, y.total - g.counted), repeats = greatest(0, y.repeats - g.repeats), skipped = greatest(0, y.skipped - g.skipped),
      today = greatest(0, y.today - g.counted_that_day), repeats_today = greatest(0, y.repeats_today - g.repeats_that_day)
    FROM (
      SELECT l.member_id,
        count(*) FILTER (WHERE l.state = 'judged' AND l.slot > 0)::int AS counted,
        count(*) FILTER (WHERE l.state = 'judged' AND l.slot > 0 AND said.day = t.day)::int AS counted_that_day,
        count(*) FILTER (WHERE l.state = 'judged' AND l.slot < 0)::int AS repeats,
        count(*) FILTER (WHERE l.state = 'judged' AND l.slot < 0 AND said.day = t.day)::int AS repeats_that_day,
        count(*) FILTER (WHERE l.state = 'skipped')::int AS skipped
      FROM lease l
      JOIN tally t ON t.member_id = l.member_id AND t.project_id = l.project_id
      CROSS JOIN LATERAL (
        SELECT max((j.created_at AT TIME ZONE 'UTC')::date) AS day FROM judgement j
        WHERE j.lease_id = l.id AND j.kind = 'answer' AND j.supersedes_id IS NULL) said
      WHERE l.task_id = ANY (v_tasks) GROUP BY l.member_id) g
    WHERE y.member_id = g.member_id AND y.project_id = v_deletion.project_id;

    UPDATE evaluation e SET deleted_prompts = e.deleted_prompts + g.prompts
    FROM (SELECT t.evaluation_id AS id, count(DISTINCT t.prompt_id)::int AS prompts FROM task t
      WHERE t.id = ANY (v_tasks) AND t.evaluation_id IS NOT NULL
        -- Of a prompt that is removed in several steps, the last one counts.
        AND NOT EXISTS (SELECT FROM task o WHERE o.prompt_id = t.prompt_id AND o.evaluation_id = t.evaluation_id AND o.id <> ALL (v_tasks))
      GROUP BY t.evaluation_id) g
    WHERE e.id = g.id;
  END IF;

  DELETE FROM label_set_item i USING judgement j WHERE j.id = i.judgement_id AND j.task_id = ANY (v_tasks);
  DELETE FROM remark_done r WHERE r.project_id = v_deletion.project_id AND r.remark_id IN (
    SELECT l.id FROM lease l WHERE l.task_id = ANY (v_tasks)
    UNION ALL SELECT j.id FROM judgement j WHERE j.task_id = ANY (v_tasks)
    UNION ALL SELECT q.id FROM inquiry q WHERE q.task_id = ANY (v_tasks));
  DELETE FROM import_met m WHERE m.row_id IN (
    SELECT unnest(v_tasks) UNION ALL SELECT j.id FROM judgement j WHERE j.task_id = ANY (v_tasks));
  DELETE FROM repeat_due d WHERE d.project_id = v_deletion.project_id AND d.task_id = ANY (v_tasks);
  DELETE FROM journal n WHERE n.task_id = ANY (v_tasks);
  DELETE FROM judgement j WHERE j.task_id = ANY (v_tasks);
  DELETE FROM lease l WHERE l.task_id = ANY (v_tasks);
  DELETE FROM task t WHERE t.id = ANY (v_tasks);

  UPDATE deletion d SET removed = d.removed + v_count WHERE d.id = p_deletion;
  PERFORM set_config('touchstone.deletion', '', true);
  RETURN v_count;
END
$$;

-- Removes up to so many prompts of a deletion, whose tasks are gone, with their answers; names the files that nothing shows
-- any more. The caller keeps other files of the workspace from coming and going. Returns how many.
CREATE FUNCTION "remove_prompts"(p_deletion uuid, p_limit integer) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_deletion deletion;
  v_prompts uuid[];
  v_media uuid[];
BEGIN
  SELECT d.* INTO v_deletion FROM deletion d WHERE d.id = p_deletion AND d.finished_at IS NULL FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN 0;
  END IF;
  IF v_deletion.kind = 'project' THEN
    v_prompts := ARRAY(SELECT p.id FROM prompt p WHERE p.project_id = v_deletion.project_id LIMIT p_limit FOR UPDATE);
  ELSE
    v_prompts := ARRAY(SELECT p.id FROM deletion_prompt x JOIN prompt p ON p.id = x.prompt_id
      WHERE x.deletion_id = p_deletion LIMIT p_limit FOR UPDATE OF p);
  END IF;
  v_media := ARRAY(
    SELECT u.media_id FROM media_use u WHERE u.prompt_id = ANY (v_prompts)
    UNION SELECT u.media_id FROM media_use u JOIN completion c ON c.id = u.completion_id WHERE c.prompt_id = ANY (v_prompts));
  DELETE FROM import_met m WHERE m.row_id IN (
    SELECT unnest(v_prompts) UNION ALL SELECT c.id FROM completion c WHERE c.prompt_id = ANY (v_prompts));
  DELETE FROM completion c WHERE c.prompt_id = ANY (v_prompts);
  DELETE FROM prompt p WHERE p.id = ANY (v_prompts);
  WITH gone AS (
    DELETE FROM media m WHERE m.id = ANY (v_media) AND NOT EXISTS (SELECT FROM media_use u WHERE u.media_id = m.id)
    RETURNING m.workspace_id, m.sha256)
  INSERT INTO deletion_file (workspace_id, deletion_id, sha256) SELECT g.workspace_id, p_deletion, g.sha256 FROM gone g
  ON CONFLICT DO NOTHING;
  RETURN cardinality(v_prompts);
END
$$;
