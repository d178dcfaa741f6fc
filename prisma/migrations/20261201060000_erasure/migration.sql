-- Erasing a person, and what a project keeps no longer than it says. Both are made in steps, as deletions are.
-- docs/erasure.md; what each column holds of a person stands in packages/persistence/src/erasure/columns.ts.

-- What is erased. Whose it was is named only while it goes on: the row that stays says when and how much, and of nobody.
CREATE TABLE "erasure" (
  "id" uuid NOT NULL DEFAULT uuidv7(),
  "workspace_id" uuid NOT NULL,
  -- identity: the work stays, under a member without a name. all: judgements and texts go too.
  "kind" text NOT NULL,
  -- No foreign keys: it is gone in the end. Null: of everybody in the project.
  "member_id" uuid,
  -- Only of this project; null: of the whole workspace, and the member themselves.
  "project_id" uuid,
  -- Only what was begun and judged before.
  "made_before" timestamptz(3),
  -- Whose the work is from then on.
  "successor_id" uuid,
  -- Contracts' ErasedCounts.
  "counts" jsonb NOT NULL,
  -- Of the leases of that time, how many are done with; null until they are written down.
  "staged" integer,
  "removed" integer NOT NULL DEFAULT 0,
  "created_by_id" uuid,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "finished_at" timestamptz(3),
  CONSTRAINT "erasure_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "erasure_kind" CHECK ("kind" IN ('identity', 'all')),
  CONSTRAINT "erasure_of" CHECK ("finished_at" IS NOT NULL OR "member_id" IS NOT NULL OR "project_id" IS NOT NULL)
);
CREATE UNIQUE INDEX "erasure_workspace_id_id_key" ON "erasure"("workspace_id", "id");
CREATE INDEX "erasure_under_way" ON "erasure"("id") WHERE "finished_at" IS NULL;
ALTER TABLE "erasure" ADD CONSTRAINT "erasure_workspace_id_fkey"
  FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What is yet to go, written down once: leases have no index by their member, and the hot path needs none.
CREATE TABLE "erasure_lease" (
  "workspace_id" uuid NOT NULL,
  "erasure_id" uuid NOT NULL,
  -- No foreign keys: a deletion may take them first.
  "lease_id" uuid NOT NULL,
  "task_id" uuid NOT NULL,
  "project_id" uuid NOT NULL,
  CONSTRAINT "erasure_lease_pkey" PRIMARY KEY ("erasure_id", "lease_id")
);
CREATE INDEX "erasure_lease_project" ON "erasure_lease"("erasure_id", "project_id", "task_id");
ALTER TABLE "erasure_lease" ADD CONSTRAINT "erasure_lease_workspace_id_erasure_id_fkey"
  FOREIGN KEY ("workspace_id", "erasure_id") REFERENCES "erasure"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A member without a name, whose the work of somebody is who was erased.
ALTER TABLE "member" ADD COLUMN "erased_at" timestamptz(3);
-- Why a judgement is gone from a label set that was frozen with it.
ALTER TABLE "label_set_tombstone" ADD COLUMN "why" text NOT NULL DEFAULT 'deleted',
  ADD CONSTRAINT "label_set_tombstone_why" CHECK ("why" IN ('deleted', 'erased'));
-- Of an evaluation's judgements, how many were erased since, and when last.
ALTER TABLE "evaluation" ADD COLUMN "erased_judgements" integer NOT NULL DEFAULT 0,
  ADD COLUMN "erased_at" timestamptz(3);

-- How long a project keeps who judged, and of an archived one what was judged, in days; null: as long as there is no other reason.
ALTER TABLE "project" ADD COLUMN "identity_days" integer, ADD COLUMN "archived_days" integer,
  -- Nothing is erased by these before.
  ADD COLUMN "retention_from" timestamptz(3),
  ADD COLUMN "archived_at" timestamptz(3),
  ADD CONSTRAINT "project_identity_days" CHECK ("identity_days" BETWEEN 1 AND 36500),
  ADD CONSTRAINT "project_archived_days" CHECK ("archived_days" BETWEEN 1 AND 36500);
-- When those were archived that are already is not known: their days begin now.
UPDATE "project" SET "archived_at" = clock_timestamp() WHERE "state" = 'archived';
CREATE FUNCTION "note_archived"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.archived_at := CASE WHEN NEW.state = 'archived' THEN coalesce(OLD.archived_at, clock_timestamp()) END;
  RETURN NEW;
END
$$;
CREATE TRIGGER "note_archived" BEFORE UPDATE OF "state" ON "project" FOR EACH ROW
  WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION "note_archived"();

-- The erasure under way in this transaction that covers this work; null in any other. Only the functions below name one.
CREATE FUNCTION "erasure_of"(p_member uuid, p_project uuid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT e.kind FROM erasure e
  WHERE e.id = nullif(current_setting('touchstone.erasure', true), '')::uuid AND e.finished_at IS NULL
    AND (e.member_id IS NULL OR e.member_id = p_member) AND (e.project_id IS NULL OR e.project_id = p_project)
    AND (e.member_id IS NOT NULL OR e.project_id IS NOT NULL)
$$;

-- The same of a judgement's item in a label set.
CREATE FUNCTION "erasure_of_item"(p_judgement uuid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT erasure_of(j.member_id, j.project_id) FROM judgement j WHERE j.id = p_judgement
$$;

-- Whether one is under way in this transaction anywhere in the workspace.
CREATE FUNCTION "erases_in"(p_workspace uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM erasure e WHERE e.id = nullif(current_setting('touchstone.erasure', true), '')::uuid
    AND e.finished_at IS NULL AND e.workspace_id = p_workspace)
$$;

-- What is append-only lets one more go: whatever is erased. The functions that refuse are those that there are.
DROP TRIGGER "append_only_rows" ON "judgement";
DROP TRIGGER "append_only_rows" ON "journal";
DROP TRIGGER "append_only_rows" ON "label_set_item";
CREATE TRIGGER "append_only_rows" BEFORE DELETE ON "judgement" FOR EACH ROW
  WHEN (erasure_of(OLD.member_id, OLD.project_id) IS DISTINCT FROM 'all') EXECUTE FUNCTION "refuse_deletion_of_judgement"();
CREATE TRIGGER "append_only_rows" BEFORE DELETE ON "label_set_item" FOR EACH ROW
  WHEN (erasure_of_item(OLD.judgement_id) IS DISTINCT FROM 'all') EXECUTE FUNCTION "refuse_deletion_of_item"();
-- Of a lease that nobody judged, nothing is kept in either kind.
CREATE TRIGGER "append_only_rows" BEFORE DELETE ON "journal" FOR EACH ROW
  WHEN (erasure_of(OLD.member_id, OLD.project_id) IS NULL) EXECUTE FUNCTION "refuse_deletion_of_record"();

-- Of whoever is erased, the work is somebody else's from then on, and nothing else of it changes. The log says what was
-- done, whoever did it; how they were called it need not say.
DROP TRIGGER "append_only" ON "judgement";
DROP TRIGGER "append_only" ON "journal";
DROP TRIGGER "append_only" ON "audit_event";
CREATE TRIGGER "append_only" BEFORE TRUNCATE ON "judgement" EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE TRUNCATE ON "journal" EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE DELETE OR TRUNCATE ON "audit_event" EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only_change" BEFORE UPDATE ON "judgement" FOR EACH ROW
  WHEN (erasure_of(OLD.member_id, OLD.project_id) IS DISTINCT FROM 'identity'
    OR to_jsonb(OLD.*) - '{member_id,origin,client}'::text[] <> to_jsonb(NEW.*) - '{member_id,origin,client}'::text[])
  EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only_change" BEFORE UPDATE ON "journal" FOR EACH ROW
  WHEN (erasure_of(OLD.member_id, OLD.project_id) IS DISTINCT FROM 'identity'
    OR to_jsonb(OLD.*) - 'member_id' <> to_jsonb(NEW.*) - 'member_id')
  EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only_change" BEFORE UPDATE ON "audit_event" FOR EACH ROW
  WHEN (NOT erases_in(OLD.workspace_id)
    OR (NEW.id, NEW.at, NEW.workspace_id, NEW.via, NEW.action) IS DISTINCT FROM (OLD.id, OLD.at, OLD.workspace_id, OLD.via, OLD.action))
  EXECUTE FUNCTION "refuse_change"();

-- Documents of these tasks anew, of what is there now.
CREATE FUNCTION "document_anew"(p_tasks uuid[]) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM write_task_documents(p_tasks);
  UPDATE task_document d SET document = d.document
    || array_to_tsvector(CASE WHEN said.flagged THEN ARRAY['/flagged'] ELSE '{}' END)
    || search_words(left(said.texts, 60000))
  FROM (
    SELECT j.task_id, bool_or(j.flagged) AS flagged, string_agg(written_in(j.comment, j.answer), E'\n' ORDER BY j.id) AS texts
    FROM judgement j
    WHERE j.task_id = ANY (p_tasks) AND j.kind = 'answer'
      AND (j.flagged OR j.comment <> '' OR j.answer @? 'strict $.** ? (exists (@.text) || exists (@.note))')
    GROUP BY j.task_id) said
  WHERE d.task_id = said.task_id;
END
$$;

-- Writes down which leases an erasure is about. Of whoever works on, only what is settled: a task that is still handed out
-- must know who has had it, and a repeat goes with what it repeats. Returns how many; 0 where there are none any more.
CREATE FUNCTION "stage_erasure"(p_erasure uuid) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_erasure erasure;
  v_count integer;
BEGIN
  SELECT e.* INTO v_erasure FROM erasure e WHERE e.id = p_erasure AND e.finished_at IS NULL FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN 0;
  END IF;
  INSERT INTO erasure_lease (workspace_id, erasure_id, lease_id, task_id, project_id)
  SELECT l.workspace_id, p_erasure, l.id, l.task_id, l.project_id
  FROM lease l JOIN project p ON p.id = l.project_id JOIN task t ON t.id = l.task_id JOIN member m ON m.id = l.member_id
  WHERE l.workspace_id = v_erasure.workspace_id AND p.deleted_at IS NULL
    AND (v_erasure.member_id IS NULL OR l.member_id = v_erasure.member_id)
    AND (v_erasure.project_id IS NULL OR l.project_id = v_erasure.project_id)
    -- What a machine answered is nobody's.
    AND m.kind <> 'simulated'
    AND (v_erasure.made_before IS NULL OR (
      (t.state IN ('full', 'ended') OR p.state IN ('ended', 'archived'))
      AND NOT EXISTS (SELECT FROM lease o WHERE o.task_id = l.task_id AND o.member_id = l.member_id
        AND (o.state = 'held' OR o.created_at >= v_erasure.made_before
          OR EXISTS (SELECT FROM judgement j WHERE j.lease_id = o.id AND j.created_at >= v_erasure.made_before)))))
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  UPDATE erasure e SET staged = coalesce(e.staged, 0) + v_count WHERE e.id = p_erasure;
  RETURN v_count;
END
$$;

-- Erases up to so many of the leases of one project that an erasure is about, with their judgements, in one transaction.
-- The caller has made sure that nothing freezes or leaves out meanwhile. Returns how many; 0 where those left are at work.
CREATE FUNCTION "erase_leases"(p_erasure uuid, p_project uuid, p_limit integer) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_erasure erasure;
  v_staged uuid[];
  v_leases uuid[];
  v_tasks uuid[];
  v_going uuid[];
  v_freed uuid[];
  v_judgements uuid[];
BEGIN
  SELECT e.* INTO v_erasure FROM erasure e WHERE e.id = p_erasure AND e.finished_at IS NULL FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN 0;
  END IF;
  v_staged := ARRAY(SELECT x.lease_id FROM erasure_lease x WHERE x.erasure_id = p_erasure AND x.project_id = p_project
    ORDER BY x.task_id LIMIT p_limit);
  -- As whoever submits: the lease before the task.
  v_leases := ARRAY(SELECT l.id FROM lease l WHERE l.id = ANY (v_staged) FOR UPDATE SKIP LOCKED);
  v_tasks := ARRAY(SELECT t.id FROM task t WHERE t.id IN (SELECT l.task_id FROM lease l WHERE l.id = ANY (v_leases))
    ORDER BY t.id FOR NO KEY UPDATE SKIP LOCKED);
  v_leases := ARRAY(SELECT l.id FROM lease l WHERE l.id = ANY (v_leases) AND l.task_id = ANY (v_tasks));
  PERFORM set_config('touchstone.erasure', p_erasure::text, true);
  v_judgements := ARRAY(SELECT j.id FROM judgement j WHERE j.lease_id = ANY (v_leases));

  -- Leases under which nobody has said anything go either way; so does what is to go with its judgements.
  v_going := ARRAY(SELECT l.id FROM lease l WHERE l.id = ANY (v_leases) AND (v_erasure.kind = 'all' OR (
    l.state IN ('held', 'released', 'expired') AND NOT EXISTS (SELECT FROM judgement j WHERE j.lease_id = l.id))));

  -- Tallies follow, as each was counted when it was sent; the successor's is made of what comes over.
  CREATE TEMPORARY TABLE IF NOT EXISTS erased_tally (member_id uuid, total int, total_that_day int, repeats int, repeats_that_day int,
    skipped int, over_total int, over_repeats int, over_skipped int) ON COMMIT DELETE ROWS;
  DELETE FROM erased_tally;
  INSERT INTO erased_tally
  SELECT l.member_id,
    count(*) FILTER (WHERE l.state = 'judged' AND l.slot > 0), count(*) FILTER (WHERE l.state = 'judged' AND l.slot > 0 AND said.day = y.day),
    count(*) FILTER (WHERE l.state = 'judged' AND l.slot < 0), count(*) FILTER (WHERE l.state = 'judged' AND l.slot < 0 AND said.day = y.day),
    count(*) FILTER (WHERE l.state = 'skipped'),
    count(*) FILTER (WHERE l.state = 'judged' AND l.slot > 0 AND l.id <> ALL (v_going)),
    count(*) FILTER (WHERE l.state = 'judged' AND l.slot < 0 AND l.id <> ALL (v_going)),
    count(*) FILTER (WHERE l.state = 'skipped' AND l.id <> ALL (v_going))
  FROM lease l
  LEFT JOIN tally y ON y.member_id = l.member_id AND y.project_id = l.project_id
  CROSS JOIN LATERAL (
    SELECT max((j.created_at AT TIME ZONE 'UTC')::date) AS day FROM judgement j
    WHERE j.lease_id = l.id AND j.kind = 'answer' AND j.supersedes_id IS NULL) said
  WHERE l.id = ANY (v_leases) GROUP BY l.member_id;
  UPDATE tally y SET total = greatest(0, y.total - g.total), repeats = greatest(0, y.repeats - g.repeats),
    skipped = greatest(0, y.skipped - g.skipped), today = greatest(0, y.today - g.total_that_day),
    repeats_today = greatest(0, y.repeats_today - g.repeats_that_day)
  FROM erased_tally g WHERE y.member_id = g.member_id AND y.project_id = p_project;
  IF v_erasure.successor_id IS NOT NULL THEN
    INSERT INTO tally (member_id, project_id, day, today, total, skipped, repeats)
    SELECT v_erasure.successor_id, p_project, '2000-01-01'::date, 0, sum(over_total), sum(over_skipped), sum(over_repeats)
    FROM erased_tally HAVING sum(over_total + over_skipped + over_repeats) > 0
    ON CONFLICT (member_id, project_id) DO UPDATE SET total = tally.total + excluded.total,
      skipped = tally.skipped + excluded.skipped, repeats = tally.repeats + excluded.repeats;
  END IF;
  DELETE FROM repeat_due d WHERE d.project_id = p_project AND d.lease_id = ANY (v_leases);

  IF v_erasure.kind = 'all' THEN
    INSERT INTO label_set_tombstone (workspace_id, label_set_id, judgement_id, line_sha256, why)
    SELECT i.workspace_id, i.label_set_id, j.id,
      encode(sha256(convert_to(j.id || ' ' || j.shown_order::text || ' ' || coalesce(j.answer::text, '') || E'\n', 'UTF8')), 'hex'), 'erased'
    FROM judgement j JOIN label_set_item i ON i.judgement_id = j.id WHERE j.id = ANY (v_judgements);
    UPDATE evaluation e SET erased_judgements = e.erased_judgements + g.judgements, erased_at = clock_timestamp()
    FROM (SELECT t.evaluation_id AS id, count(*)::int AS judgements FROM standing_judgement j JOIN task t ON t.id = j.task_id
      WHERE j.id = ANY (v_judgements) AND t.evaluation_id IS NOT NULL GROUP BY 1) g
    WHERE e.id = g.id;
    DELETE FROM label_set_item i WHERE i.judgement_id = ANY (v_judgements);
    DELETE FROM remark_done r WHERE r.project_id = p_project AND (r.remark_id = ANY (v_leases) OR r.remark_id = ANY (v_judgements));
    DELETE FROM import_met m WHERE m.row_id = ANY (v_judgements);
  END IF;
  -- A place that somebody gave up is another's; of an import nobody asks for more votes than its file had.
  v_freed := ARRAY(SELECT DISTINCT l.task_id FROM lease l WHERE l.id = ANY (v_going) AND l.slot > 0 AND l.state IN ('held', 'judged')
    AND NOT EXISTS (SELECT FROM judgement j WHERE j.lease_id = l.id AND j.source = 'imported'));
  UPDATE task t SET state = 'ended' WHERE t.state = 'full' AND t.id IN (
    SELECT l.task_id FROM lease l JOIN judgement j ON j.lease_id = l.id
    WHERE l.id = ANY (v_going) AND l.slot > 0 AND j.source = 'imported');
  DELETE FROM journal n WHERE n.task_id = ANY (v_tasks) AND n.lease_id = ANY (v_going);
  DELETE FROM judgement j WHERE j.id = ANY (v_judgements) AND j.lease_id = ANY (v_going);
  DELETE FROM lease l WHERE l.id = ANY (v_going);
  UPDATE task t SET state = freed_state(t.project_id, t.batch) WHERE t.id = ANY (v_freed) AND t.state = 'full';

  IF v_erasure.kind = 'all' THEN
    PERFORM document_anew(v_tasks);
  ELSE
    UPDATE journal n SET member_id = v_erasure.successor_id WHERE n.task_id = ANY (v_tasks) AND n.lease_id = ANY (v_leases);
    UPDATE judgement j SET member_id = v_erasure.successor_id,
      -- By what the file called them and their votes, somebody who has it would find them; so would they by their screen.
      origin = j.origin || '{"annotator": null, "labelId": null}', client = NULL
    WHERE j.id = ANY (v_judgements);
    UPDATE lease l SET member_id = v_erasure.successor_id WHERE l.id = ANY (v_leases);
  END IF;
  INSERT INTO outbox (topic, key) SELECT 'judged', p_project WHERE cardinality(v_judgements) > 0;

  -- Those that a deletion has taken meanwhile are done with, too.
  DELETE FROM erasure_lease x WHERE x.erasure_id = p_erasure AND x.lease_id = ANY (v_staged)
    AND (x.lease_id = ANY (v_leases) OR NOT EXISTS (SELECT FROM lease l WHERE l.id = x.lease_id));
  UPDATE erasure e SET removed = (SELECT coalesce(e.staged, 0) - count(*) FROM erasure_lease x WHERE x.erasure_id = p_erasure)
  WHERE e.id = p_erasure;
  PERFORM set_config('touchstone.erasure', '', true);
  RETURN cardinality(v_leases);
END
$$;
