-- Who gets how much of what: repeats for self-consistency, limits per person, batches that are named, due, paused and ended,
-- groups, and languages that people read. Everything is added to: a project of before repeats nothing, limits nobody to less
-- than two tasks at once, and is open to all.

ALTER TYPE "project_state" ADD VALUE 'ended';
-- Paused with their batch, and ended with it or alone; `paused` stays what it was: closed by itself, as an import leaves it.
ALTER TYPE "task_state" ADD VALUE 'waiting';
ALTER TYPE "task_state" ADD VALUE 'ended';

ALTER TABLE "project"
  -- Of a person's judgements, how many come again with the answers the other way round.
  ADD COLUMN "repeat_share" double precision NOT NULL DEFAULT 0,
  ADD COLUMN "daily_limit" integer,
  -- Of the project's tasks, how many one person may judge.
  ADD COLUMN "share_limit" double precision,
  ADD COLUMN "parallel_leases" integer NOT NULL DEFAULT 2,
  ADD COLUMN "due_at" timestamptz(3),
  -- Whose members alone may work here; none: everybody may.
  ADD COLUMN "groups" text[] NOT NULL DEFAULT '{}',
  -- Each gets only tasks in languages that they say they read.
  ADD COLUMN "languages_only" boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT "project_assignment_ranges" CHECK (
    "repeat_share" BETWEEN 0 AND 0.5 AND "daily_limit" >= 1 AND "share_limit" > 0 AND "share_limit" <= 1
    AND "parallel_leases" BETWEEN 1 AND 20);
ALTER TABLE "member"
  ADD COLUMN "groups" text[] NOT NULL DEFAULT '{}',
  ADD COLUMN "languages" text[] NOT NULL DEFAULT '{}';
-- Repeats are work, but no counted judgements. `allowed`: up to so many tasks this member is known to be within the
-- project's share, so that tasks are counted only once that many are judged.
ALTER TABLE "tally"
  ADD COLUMN "repeats" integer NOT NULL DEFAULT 0,
  ADD COLUMN "repeats_today" integer NOT NULL DEFAULT 0,
  ADD COLUMN "allowed" integer NOT NULL DEFAULT 0;

CREATE TYPE "batch_state" AS ENUM ('open', 'paused', 'ended');
CREATE TABLE "batch" (
  "workspace_id" uuid NOT NULL,
  "project_id" uuid NOT NULL,
  "number" integer NOT NULL,
  "name" text NOT NULL DEFAULT '',
  "due_at" timestamptz(3),
  "state" "batch_state" NOT NULL DEFAULT 'open',
  -- The number that its tasks are being given, step by step.
  "moving_to" integer,
  CONSTRAINT "batch_pkey" PRIMARY KEY ("project_id", "number"),
  CONSTRAINT "batch_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id")
    REFERENCES "project"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "batch" ("workspace_id", "project_id", "number")
SELECT DISTINCT "workspace_id", "project_id", "batch" FROM "task";

-- The language that whoever gets a task must read, '' where nobody knows it; null in projects that ask for none.
ALTER TABLE "task" ADD COLUMN "language" text;
CREATE INDEX "task_open_language" ON "task"("project_id", "language", "batch", "sort_key")
  WHERE "state" = 'open' AND "language" IS NOT NULL;
-- Figures and progress, index-only; by batch too.
DROP INDEX "task_progress";
CREATE INDEX "task_progress" ON "task"("project_id", "state", "batch") INCLUDE ("overlap");

-- A repeat is a lease with a slot below zero: outside the cap, which numbers from one. "lease_slot" stays as it is, so that
-- no two leases of a task have the same number either way.
ALTER TABLE "lease" DROP CONSTRAINT "lease_slot_range", ADD CONSTRAINT "lease_slot_range" CHECK ("slot" <> 0);
DROP INDEX "lease_member_task";
CREATE UNIQUE INDEX "lease_member_task" ON "lease"("member_id", "task_id")
  WHERE "state" IN ('held', 'judged', 'skipped', 'surplus') AND "slot" > 0;
-- Nobody gets a task a third time.
CREATE UNIQUE INDEX "lease_member_repeat" ON "lease"("member_id", "task_id")
  WHERE "state" IN ('held', 'judged', 'skipped', 'surplus') AND "slot" < 0;
-- For the figure of self-consistency.
CREATE INDEX "judgement_repeat" ON "judgement"("project_id", "member_id") WHERE "repeat";

-- Which judgements come again, and after how many counted ones of the same member.
CREATE TABLE "repeat_due" (
  "member_id" uuid NOT NULL,
  "project_id" uuid NOT NULL,
  "after_total" integer NOT NULL,
  "task_id" uuid NOT NULL,
  "lease_id" uuid NOT NULL,
  CONSTRAINT "repeat_due_pkey" PRIMARY KEY ("member_id", "project_id", "after_total")
);

-- A language without its region, as people say which they read.
CREATE FUNCTION "language_of"(p_language text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(lower(split_part(replace(p_language, '_', '-'), '-', 1)), '')
$$;

-- Every batch has its row before a task of it can be seen, and whoever changes its state waits for those who add to it. New
-- tasks wait with a paused batch; a batch that had ended is open again for them, and what ended with it stays so.
CREATE FUNCTION "tasks_added"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO batch (workspace_id, project_id, number)
  SELECT DISTINCT n.workspace_id, n.project_id, n.batch FROM added n ORDER BY 2, 3
  ON CONFLICT DO NOTHING;
  UPDATE batch b SET state = 'open' FROM (SELECT DISTINCT project_id, batch FROM added WHERE state = 'open') n
  WHERE b.project_id = n.project_id AND b.number = n.batch AND b.state = 'ended';
  PERFORM FROM batch b JOIN (SELECT DISTINCT project_id, batch FROM added) n ON b.project_id = n.project_id AND b.number = n.batch
  ORDER BY b.project_id, b.number FOR SHARE OF b;
  UPDATE task t SET state = 'waiting' FROM added n JOIN batch b ON b.project_id = n.project_id AND b.number = n.batch
  WHERE b.state = 'paused' AND n.state = 'open' AND t.id = n.id;
  UPDATE task t SET language = language_of(m.language)
  FROM added n JOIN project p ON p.id = n.project_id JOIN prompt m ON m.id = n.prompt_id
  WHERE p.languages_only AND t.id = n.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER "tasks_added" AFTER INSERT ON "task" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT
  EXECUTE FUNCTION "tasks_added"();

-- What a task becomes that has a free slot again: as its batch is. A share of the batch's row is held until the task is so,
-- so that whoever pauses or resumes the batch meanwhile waits, and passes no task by.
CREATE FUNCTION "freed_state"(p_project uuid, p_batch integer) RETURNS task_state LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_state text;
BEGIN
  SELECT b.state::text INTO v_state FROM batch b WHERE b.project_id = p_project AND b.number = p_batch FOR SHARE;
  RETURN CASE v_state WHEN 'paused' THEN 'waiting' ELSE coalesce(v_state, 'open') END;
END
$$;

-- Groups, beside the open links that led people to some projects only.
CREATE OR REPLACE FUNCTION "may_work"(p_workspace uuid, p_project uuid, p_member uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM project p WHERE p.id = p_project AND p.workspace_id = p_workspace
      AND (cardinality(p.groups) = 0 OR EXISTS (SELECT FROM member m WHERE m.id = p_member AND (m.kind <> 'person' OR m.groups && p.groups))))
    AND (EXISTS (SELECT FROM project_access WHERE project_id = p_project AND member_id = p_member)
      OR NOT EXISTS (SELECT FROM project_access WHERE workspace_id = p_workspace AND member_id = p_member))
$$;

CREATE OR REPLACE FUNCTION "judged_today"(p_member uuid) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(today + repeats_today), 0)::integer FROM tally
  WHERE member_id = p_member AND day = (clock_timestamp() AT TIME ZONE 'UTC')::date
$$;

-- Repeats are counted to whoever did them, so that nothing tells them apart at the desk.
CREATE OR REPLACE FUNCTION "project_tally"(p_project uuid, p_member uuid) RETURNS jsonb LANGUAGE sql VOLATILE AS $$
  SELECT jsonb_build_object(
    'today', coalesce(max(CASE WHEN y.day = (clock_timestamp() AT TIME ZONE 'UTC')::date THEN y.today + y.repeats_today END), 0),
    'total', coalesce(max(y.total + y.repeats), 0),
    'skipped', coalesce(max(y.skipped), 0))
  FROM tally y WHERE y.member_id = p_member AND y.project_id = p_project
$$;

-- After how many further judgements at least a task comes again.
CREATE FUNCTION "repeat_distance"() RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 20 $$;

-- Whether the nth judgement of a member comes again: a draw that is the same however often it is made.
CREATE FUNCTION "is_drawn"(p_project uuid, p_member uuid, p_nth integer, p_share double precision) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT (hashtextextended(p_project::text || p_member::text || p_nth::text, 0) & 1048575) < p_share * 1048576
$$;

DROP FUNCTION "count_judgement"(uuid, uuid);
CREATE FUNCTION "count_judgement"(p_lease lease) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_share double precision := (SELECT p.repeat_share FROM project p WHERE p.id = p_lease.project_id);
  v_total integer;
BEGIN
  INSERT INTO tally (member_id, project_id, day, today, total)
  VALUES (p_lease.member_id, p_lease.project_id, (clock_timestamp() AT TIME ZONE 'UTC')::date, 1, 1)
  ON CONFLICT (member_id, project_id) DO UPDATE SET
    today = CASE WHEN tally.day = excluded.day THEN tally.today + 1 ELSE 1 END,
    repeats_today = CASE WHEN tally.day = excluded.day THEN tally.repeats_today ELSE 0 END,
    day = excluded.day,
    total = tally.total + 1
  RETURNING total INTO v_total;
  IF v_share > 0 AND is_drawn(p_lease.project_id, p_lease.member_id, v_total, v_share)
    AND EXISTS (SELECT FROM member m WHERE m.id = p_lease.member_id AND m.kind = 'person') THEN
    INSERT INTO repeat_due (member_id, project_id, after_total, task_id, lease_id)
    VALUES (p_lease.member_id, p_lease.project_id, v_total + repeat_distance(), p_lease.task_id, p_lease.id)
    ON CONFLICT (member_id, project_id, after_total) DO UPDATE SET task_id = excluded.task_id, lease_id = excluded.lease_id;
  END IF;
END
$$;

CREATE FUNCTION "count_repeat"(p_lease lease) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  INSERT INTO tally (member_id, project_id, day, today, total, repeats, repeats_today)
  VALUES (p_lease.member_id, p_lease.project_id, (clock_timestamp() AT TIME ZONE 'UTC')::date, 0, 0, 1, 1)
  ON CONFLICT (member_id, project_id) DO UPDATE SET
    today = CASE WHEN tally.day = excluded.day THEN tally.today ELSE 0 END,
    repeats_today = CASE WHEN tally.day = excluded.day THEN tally.repeats_today + 1 ELSE 1 END,
    day = excluded.day,
    repeats = tally.repeats + 1;
  DELETE FROM repeat_due WHERE member_id = p_lease.member_id AND project_id = p_lease.project_id AND task_id = p_lease.task_id;
END
$$;

-- A number below zero that no lease of this task has; the caller has locked the task's row.
CREATE FUNCTION "repeat_slot"(p_task uuid) RETURNS smallint LANGUAGE sql VOLATILE AS $$
  SELECT (least(coalesce(min(l.slot), 0), 0) - 1)::smallint FROM lease l WHERE l.task_id = p_task AND l.state IN ('held', 'judged')
$$;

-- The slots that are free, as before; those of repeats are below the ones looked at.

CREATE OR REPLACE FUNCTION "draw_order"(p_task uuid, p_completions integer) RETURNS smallint[] LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_lead integer;
BEGIN
  IF p_completions = 2 THEN
    SELECT count(*) FILTER (WHERE l.shown_order[1] = 0) - count(*) FILTER (WHERE l.shown_order[1] = 1) INTO v_lead
    FROM lease l WHERE l.task_id = p_task AND l.state IN ('held', 'judged') AND l.slot > 0;
    RETURN CASE WHEN v_lead > 0 OR (v_lead = 0 AND random() < 0.5) THEN '{1,0}' ELSE '{0,1}' END;
  END IF;
  RETURN ARRAY(SELECT i::smallint FROM generate_series(0, p_completions - 1) i ORDER BY random());
END
$$;

-- As before, and of one language where one is named.
DROP FUNCTION "claim_in_batch"(uuid, uuid, integer, float8, float8, boolean);
CREATE FUNCTION "claim_in_batch"(
  p_project uuid, p_member uuid, p_batch integer, p_after float8, p_upto float8, p_thorough boolean, p_language text
) RETURNS uuid LANGUAGE plpgsql VOLATILE
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
  v_task task;
  v_free smallint[];
  v_lease lease;
BEGIN
  LOOP
    IF p_language IS NULL AND p_thorough THEN
      SELECT t.* INTO v_task FROM task t
      WHERE t.project_id = p_project AND t.state = 'open' AND t.batch = p_batch
        AND t.sort_key > p_after AND t.sort_key <= p_upto
        AND (SELECT 1 FROM lease l WHERE l.member_id = p_member AND l.task_id = t.id
             AND l.state IN ('held', 'judged', 'skipped', 'surplus') AND l.slot > 0 LIMIT 1) IS NULL
      ORDER BY t.sort_key LIMIT 1 FOR NO KEY UPDATE OF t;
    ELSIF p_language IS NULL THEN
      SELECT t.* INTO v_task FROM task t
      WHERE t.project_id = p_project AND t.state = 'open' AND t.batch = p_batch
        AND t.sort_key > p_after AND t.sort_key <= p_upto
        AND (SELECT 1 FROM lease l WHERE l.member_id = p_member AND l.task_id = t.id
             AND l.state IN ('held', 'judged', 'skipped', 'surplus') AND l.slot > 0 LIMIT 1) IS NULL
      ORDER BY t.sort_key LIMIT 1 FOR NO KEY UPDATE OF t SKIP LOCKED;
    ELSIF p_thorough THEN
      SELECT t.* INTO v_task FROM task t
      WHERE t.project_id = p_project AND t.state = 'open' AND t.language = p_language AND t.batch = p_batch
        AND t.sort_key > p_after AND t.sort_key <= p_upto
        AND (SELECT 1 FROM lease l WHERE l.member_id = p_member AND l.task_id = t.id
             AND l.state IN ('held', 'judged', 'skipped', 'surplus') AND l.slot > 0 LIMIT 1) IS NULL
      ORDER BY t.sort_key LIMIT 1 FOR NO KEY UPDATE OF t;
    ELSE
      SELECT t.* INTO v_task FROM task t
      WHERE t.project_id = p_project AND t.state = 'open' AND t.language = p_language AND t.batch = p_batch
        AND t.sort_key > p_after AND t.sort_key <= p_upto
        AND (SELECT 1 FROM lease l WHERE l.member_id = p_member AND l.task_id = t.id
             AND l.state IN ('held', 'judged', 'skipped', 'surplus') AND l.slot > 0 LIMIT 1) IS NULL
      ORDER BY t.sort_key LIMIT 1 FOR NO KEY UPDATE OF t SKIP LOCKED;
    END IF;
    IF NOT FOUND THEN
      RETURN NULL;
    END IF;
    p_after := v_task.sort_key;

    v_free := free_slots(v_task.id, v_task.overlap);
    IF cardinality(v_free) > 0 THEN
      -- The unique keys have the last word: another tab of this member may have been here a moment ago.
      INSERT INTO lease (workspace_id, project_id, task_id, member_id, slot, token, shown_order, guideline_id, expires_at)
      SELECT v_task.workspace_id, p_project, v_task.id, p_member, v_free[1],
        replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''),
        draw_order(v_task.id, cardinality(v_task.completion_ids)),
        (SELECT g.id FROM guideline g WHERE g.project_id = p_project ORDER BY g.version DESC LIMIT 1),
        clock_timestamp() + make_interval(secs => p.lease_seconds)
      FROM project p WHERE p.id = p_project
      ON CONFLICT DO NOTHING
      RETURNING * INTO v_lease;
      IF NOT FOUND THEN
        CONTINUE;
      END IF;
    END IF;
    IF cardinality(v_free) <= 1 THEN
      UPDATE task SET state = 'full' WHERE id = v_task.id;
    END IF;
    IF v_lease.id IS NOT NULL THEN
      PERFORM write_journal(v_lease, 'leased');
      INSERT INTO cursor (member_id, project_id, batch, sort_key) VALUES (p_member, p_project, p_batch, v_task.sort_key)
      ON CONFLICT (member_id, project_id, batch) DO UPDATE SET sort_key = excluded.sort_key;
      RETURN v_lease.id;
    END IF;
  END LOOP;
END
$$;

-- The limit that keeps a member from another task of a project now, or NULL: 'parallel' | 'day' | 'share'. What they hold
-- counts as if it were judged; who is no person is kept by the first alone. The row of their tally is locked, so that two requests at once do not pass together.
CREATE FUNCTION "limit_reached"(p_project project, p_member uuid) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_tally tally;
  v_held integer;
  v_fresh integer;
  v_today integer;
BEGIN
  LOOP
    SELECT y.* INTO v_tally FROM tally y WHERE y.member_id = p_member AND y.project_id = p_project.id FOR NO KEY UPDATE;
    EXIT WHEN FOUND;
    INSERT INTO tally (member_id, project_id, day, today, total)
    VALUES (p_member, p_project.id, (clock_timestamp() AT TIME ZONE 'UTC')::date, 0, 0) ON CONFLICT DO NOTHING;
  END LOOP;
  SELECT count(*), count(*) FILTER (WHERE l.slot > 0) INTO v_held, v_fresh FROM lease l
  WHERE l.member_id = p_member AND l.project_id = p_project.id AND l.state = 'held' AND l.expires_at > clock_timestamp();
  IF v_held >= p_project.parallel_leases THEN
    RETURN 'parallel';
  END IF;
  v_today := CASE WHEN v_tally.day = (clock_timestamp() AT TIME ZONE 'UTC')::date THEN v_tally.today + v_tally.repeats_today ELSE 0 END;
  IF (v_today + v_held >= p_project.daily_limit OR p_project.share_limit IS NOT NULL)
    AND EXISTS (SELECT FROM member m WHERE m.id = p_member AND m.kind <> 'person') THEN
    RETURN NULL;
  END IF;
  IF v_today + v_held >= p_project.daily_limit THEN
    RETURN 'day';
  END IF;
  IF p_project.share_limit IS NULL OR v_tally.total + v_fresh < v_tally.allowed THEN
    RETURN NULL;
  END IF;
  v_tally.allowed := tasks_a_person(p_project.id, p_project.share_limit);
  UPDATE tally SET allowed = v_tally.allowed WHERE member_id = p_member AND project_id = p_project.id;
  RETURN CASE WHEN v_tally.total + v_fresh >= v_tally.allowed THEN 'share' END;
END
$$;

-- How many tasks a share of a project is: one at least.
CREATE FUNCTION "tasks_a_person"(p_project uuid, p_share double precision) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT greatest(1, floor(p_share * count(*) + 1e-9))::integer FROM task WHERE project_id = p_project
$$;

-- The languages that tasks are given to a member in; NULL: in any.
CREATE FUNCTION "languages_for"(p_project project, p_member uuid) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN p_project.languages_only THEN m.languages || ''::text END FROM member m
  WHERE m.id = p_member AND m.kind = 'person'
$$;

-- One more task that this member has not met, or NULL. Batches in their order, lowest first; within one
-- from the member's cursor to the end, then once from the start to the cursor. A wrap that found nothing is left alone
-- for fifty times as long as it took, so that a batch done with costs two per cent of the time at most.
CREATE FUNCTION "claim_unmet"(p_project project, p_member uuid, p_thorough boolean) RETURNS uuid
LANGUAGE plpgsql VOLATILE SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
  v_batch integer := -2147483648;
  v_sort_key float8;
  v_rest_until timestamptz;
  v_started timestamptz;
  v_lease uuid;
  -- One pass without a language, or one for each.
  v_languages text[] := coalesce(languages_for(p_project, p_member), ARRAY[NULL::text]);
  v_language text;
BEGIN
  LOOP
    SELECT t.batch INTO v_batch FROM task t
    WHERE t.project_id = p_project.id AND t.state = 'open' AND t.batch > v_batch ORDER BY t.batch LIMIT 1;
    IF NOT FOUND THEN
      RETURN NULL;
    END IF;
    SELECT c.sort_key, c.rest_until INTO v_sort_key, v_rest_until FROM cursor c
    WHERE c.member_id = p_member AND c.project_id = p_project.id AND c.batch = v_batch;
    IF NOT FOUND THEN
      FOREACH v_language IN ARRAY v_languages LOOP
        v_lease := claim_in_batch(p_project.id, p_member, v_batch, '-infinity', 'infinity', p_thorough, v_language);
        EXIT WHEN v_lease IS NOT NULL;
      END LOOP;
    ELSE
      FOREACH v_language IN ARRAY v_languages LOOP
        v_lease := claim_in_batch(p_project.id, p_member, v_batch, v_sort_key, 'infinity', p_thorough, v_language);
        EXIT WHEN v_lease IS NOT NULL;
      END LOOP;
      IF v_lease IS NULL AND (p_thorough OR v_rest_until <= clock_timestamp()) THEN
        v_started := clock_timestamp();
        FOREACH v_language IN ARRAY v_languages LOOP
          v_lease := claim_in_batch(p_project.id, p_member, v_batch, '-infinity', v_sort_key, p_thorough, v_language);
          EXIT WHEN v_lease IS NOT NULL;
        END LOOP;
        IF v_lease IS NULL THEN
          UPDATE cursor SET rest_until = clock_timestamp() + 50 * (clock_timestamp() - v_started)
          WHERE member_id = p_member AND project_id = p_project.id AND batch = v_batch;
        END IF;
      END IF;
    END IF;
    IF v_lease IS NOT NULL THEN
      RETURN v_lease;
    END IF;
  END LOOP;
END
$$;

-- The judged lease whose task is to come again to this member now, if one is.
CREATE FUNCTION "repeat_for"(p_project uuid, p_member uuid) RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT d.lease_id FROM repeat_due d
  JOIN lease l ON l.id = d.lease_id AND l.state = 'judged'
  JOIN task t ON t.id = l.task_id AND t.state IN ('open', 'full')
  WHERE d.member_id = p_member AND d.project_id = p_project
    AND d.after_total <= (SELECT y.total FROM tally y WHERE y.member_id = p_member AND y.project_id = p_project)
    AND NOT EXISTS (SELECT FROM lease r WHERE r.member_id = p_member AND r.task_id = d.task_id
      AND r.state IN ('held', 'judged', 'skipped', 'surplus') AND r.slot < 0)
  ORDER BY d.after_total LIMIT 1
$$;

-- Leases a judged task once more to the same member, its answers the other way round; NULL where somebody is at its row.
CREATE FUNCTION "lease_again"(p_lease uuid) RETURNS uuid LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_former lease;
  v_lease lease;
BEGIN
  SELECT l.* INTO v_former FROM lease l WHERE l.id = p_lease;
  PERFORM FROM task t WHERE t.id = v_former.task_id FOR NO KEY UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  INSERT INTO lease (workspace_id, project_id, task_id, member_id, slot, token, shown_order, guideline_id, expires_at)
  SELECT v_former.workspace_id, v_former.project_id, v_former.task_id, v_former.member_id, repeat_slot(v_former.task_id),
    replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''),
    ARRAY(SELECT u.index FROM unnest(v_former.shown_order) WITH ORDINALITY AS u(index, place) ORDER BY u.place DESC),
    (SELECT g.id FROM guideline g WHERE g.project_id = v_former.project_id ORDER BY g.version DESC LIMIT 1),
    clock_timestamp() + make_interval(secs => p.lease_seconds)
  FROM project p WHERE p.id = v_former.project_id
  ON CONFLICT DO NOTHING
  RETURNING * INTO v_lease;
  IF FOUND THEN
    PERFORM write_journal(v_lease, 'leased');
  END IF;
  RETURN v_lease.id;
END
$$;

-- Leases one more task of a project to a member, or answers NULL: within the limits, and where one is due and other work is
-- left too, a repeat.
CREATE OR REPLACE FUNCTION "claim_task"(p_project uuid, p_member uuid, p_thorough boolean) RETURNS uuid
LANGUAGE plpgsql VOLATILE SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
  v_project project;
  v_lease uuid;
  v_former uuid;
BEGIN
  SELECT p.* INTO v_project FROM project p WHERE p.id = p_project AND p.state = 'active';
  IF NOT FOUND OR limit_reached(v_project, p_member) IS NOT NULL THEN
    RETURN NULL;
  END IF;
  IF v_project.repeat_share > 0 THEN
    v_former := repeat_for(p_project, p_member);
  END IF;
  IF v_former IS NOT NULL THEN
    -- Whether other work is left is found by taking some, and giving it back with all that it wrote: a repeat never makes
    -- the end of a project later.
    BEGIN
      v_lease := claim_unmet(v_project, p_member, p_thorough);
      IF v_lease IS NULL THEN
        RETURN NULL;
      END IF;
      RAISE EXCEPTION USING ERRCODE = 'TS001';
    EXCEPTION WHEN SQLSTATE 'TS001' THEN
      v_lease := lease_again(v_former);
    END;
    IF v_lease IS NOT NULL THEN
      RETURN v_lease;
    END IF;
  END IF;
  RETURN claim_unmet(v_project, p_member, p_thorough);
END
$$;

-- As before; a repeat takes a number below zero again.
CREATE OR REPLACE FUNCTION "retake_slot"(p_lease lease) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_overlap integer;
  v_other lease;
  v_free smallint[];
BEGIN
  SELECT t.overlap INTO v_overlap FROM task t WHERE t.id = p_lease.task_id FOR NO KEY UPDATE;
  IF p_lease.state = 'held' THEN
    -- Past its time, but nobody has come for the slot.
    UPDATE lease SET state = 'judged' WHERE id = p_lease.id;
    RETURN true;
  END IF;
  -- The task may have come back to the same member meanwhile: then this work uses that lease's slot.
  SELECT l.* INTO v_other FROM lease l
  WHERE l.member_id = p_lease.member_id AND l.task_id = p_lease.task_id AND l.id <> p_lease.id
    AND sign(l.slot) = sign(p_lease.slot) AND l.state IN ('held', 'judged', 'skipped', 'surplus') FOR NO KEY UPDATE;
  IF FOUND AND v_other.state <> 'held' THEN
    RETURN false;
  END IF;
  IF FOUND THEN
    UPDATE lease SET state = 'released' WHERE id = v_other.id;
    PERFORM write_journal(v_other, 'released');
  END IF;
  IF p_lease.slot < 0 THEN
    UPDATE lease SET state = 'judged', slot = repeat_slot(p_lease.task_id) WHERE id = p_lease.id;
    RETURN true;
  END IF;
  v_free := free_slots(p_lease.task_id, v_overlap);
  IF cardinality(v_free) = 0 THEN
    UPDATE lease SET state = 'surplus' WHERE id = p_lease.id;
    RETURN false;
  END IF;
  UPDATE lease SET state = 'judged', slot = v_free[1] WHERE id = p_lease.id;
  IF cardinality(v_free) = 1 THEN
    UPDATE task SET state = 'full' WHERE id = p_lease.task_id AND state IN ('open', 'waiting');
  END IF;
  RETURN true;
END
$$;

-- As before; a judgement of a repeat is one too, and an archived project takes none: what was stored before it was archived
-- is answered as it was.
-- outcome: created | repeated | not_found | archived | idempotency_conflict | wrong_question | answered
CREATE OR REPLACE FUNCTION "submit_judgement"(
  p_workspace uuid, p_member uuid, p_lease uuid, p_token text, p_key uuid, p_body_hash text, p_answer jsonb,
  p_questionnaire uuid, p_flagged boolean, p_comment text, p_timings jsonb, p_client jsonb,
  OUT outcome text, OUT judgement_id uuid, OUT surplus boolean, OUT next jsonb, OUT today integer, OUT project_id uuid
) LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
  v_lease lease;
  v_former judgement;
  v_counts boolean := true;
BEGIN
  -- Requests for one lease queue here; what the first has done the others see.
  SELECT l.* INTO v_lease FROM lease l
  WHERE l.id = p_lease AND l.workspace_id = p_workspace AND l.member_id = p_member AND l.token = p_token
  FOR NO KEY UPDATE;
  SELECT j.* INTO v_former FROM judgement j WHERE j.member_id = p_member AND j.idempotency_key = p_key;
  IF FOUND THEN
    IF v_former.body_hash <> p_body_hash THEN
      outcome := 'idempotency_conflict';
      RETURN;
    END IF;
    outcome := 'repeated';
    judgement_id := v_former.id;
    surplus := v_former.surplus;
    project_id := v_former.project_id;
    next := next_task(project_id, p_member, true);
    today := judged_today(p_member);
    RETURN;
  END IF;
  IF v_lease.id IS NULL THEN
    outcome := 'not_found';
    RETURN;
  END IF;
  PERFORM FROM project p WHERE p.id = v_lease.project_id AND p.state = 'archived';
  IF FOUND THEN
    outcome := 'archived';
    RETURN;
  END IF;
  PERFORM FROM task t WHERE t.id = v_lease.task_id AND t.questionnaire_id = p_questionnaire;
  IF NOT FOUND THEN
    outcome := 'wrong_question';
    RETURN;
  END IF;

  IF v_lease.state = 'held' AND v_lease.expires_at > clock_timestamp() THEN
    UPDATE lease SET state = 'judged' WHERE id = v_lease.id;
  ELSE
    PERFORM FROM lease l JOIN judgement j ON j.lease_id = l.id
    WHERE l.member_id = p_member AND l.task_id = v_lease.task_id AND sign(l.slot) = sign(v_lease.slot) AND j.kind = 'answer'
      AND NOT EXISTS (SELECT FROM judgement s WHERE s.supersedes_id = j.id);
    IF FOUND THEN
      outcome := 'answered';
      RETURN;
    END IF;
    v_counts := retake_slot(v_lease);
  END IF;

  INSERT INTO judgement (workspace_id, project_id, task_id, lease_id, member_id, guideline_id, answer, shown_order,
    surplus, repeat, flagged, comment, timings, client, source, idempotency_key, body_hash)
  SELECT v_lease.workspace_id, v_lease.project_id, v_lease.task_id, v_lease.id, v_lease.member_id, v_lease.guideline_id,
    p_answer, v_lease.shown_order, NOT v_counts, v_lease.slot < 0, p_flagged, p_comment, p_timings, p_client, m.kind, p_key, p_body_hash
  FROM member m WHERE m.id = p_member
  -- The same key for another lease, at the same moment, fails here on the unique key, and nothing of it stays.
  RETURNING id INTO judgement_id;
  PERFORM write_journal(v_lease, CASE WHEN v_counts THEN 'judged' ELSE 'surplus' END);
  INSERT INTO outbox (topic, key) VALUES ('judged', v_lease.project_id);
  IF v_counts AND v_lease.slot < 0 THEN
    PERFORM count_repeat(v_lease);
  ELSIF v_counts THEN
    PERFORM count_judgement(v_lease);
  END IF;
  outcome := 'created';
  surplus := NOT v_counts;
  project_id := v_lease.project_id;
  next := next_task(project_id, p_member, false);
  today := judged_today(p_member);
END
$$;

-- Gives a held lease's slot back. The caller holds the lease's row.
CREATE OR REPLACE FUNCTION "give_back"(p_lease lease, p_state lease_state) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  UPDATE lease SET state = p_state WHERE id = p_lease.id;
  PERFORM write_journal(p_lease, p_state::text);
  IF p_lease.slot < 0 THEN
    RETURN;
  END IF;
  -- Locked first and looked at afterwards: a claim may be about to call the task full because of this very slot.
  PERFORM FROM task WHERE id = p_lease.task_id FOR NO KEY UPDATE;
  UPDATE task t SET state = freed_state(t.project_id, t.batch) WHERE t.id = p_lease.task_id AND t.state = 'full';
END
$$;

CREATE OR REPLACE FUNCTION "expire_leases"(p_project uuid, p_limit integer) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
  v_leases lease[];
  v_tasks uuid[];
BEGIN
  SELECT array_agg(s.l) INTO v_leases FROM (
    SELECT l FROM lease l
    WHERE l.state = 'held' AND l.expires_at <= v_now AND (p_project IS NULL OR l.project_id = p_project)
    ORDER BY l.expires_at LIMIT p_limit FOR NO KEY UPDATE SKIP LOCKED) s;
  IF v_leases IS NULL THEN
    RETURN 0;
  END IF;
  UPDATE lease SET state = 'expired' WHERE id IN (SELECT u.id FROM unnest(v_leases) u);
  PERFORM write_journal(u, 'expired') FROM unnest(v_leases) u;
  v_tasks := ARRAY(SELECT DISTINCT u.task_id FROM unnest(v_leases) u WHERE u.slot > 0);
  -- In one order, so that two sweeps never wait for each other in a ring.
  PERFORM FROM task t WHERE t.id = ANY (v_tasks) ORDER BY t.id FOR NO KEY UPDATE;
  UPDATE task t SET state = freed_state(t.project_id, t.batch) WHERE t.id = ANY (v_tasks) AND t.state = 'full';
  RETURN cardinality(v_leases);
END
$$;

CREATE OR REPLACE FUNCTION "undo_judgement"(
  p_workspace uuid, p_member uuid, p_judgement uuid, p_key uuid, p_body_hash text, p_within interval,
  OUT outcome text, OUT task jsonb
) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_judgement judgement;
  v_lease lease;
  v_former judgement;
BEGIN
  SELECT j.* INTO v_judgement FROM judgement j
  WHERE j.id = p_judgement AND j.workspace_id = p_workspace AND j.member_id = p_member AND j.kind = 'answer';
  IF NOT FOUND THEN
    outcome := 'not_found';
    RETURN;
  END IF;
  SELECT l.* INTO v_lease FROM lease l WHERE l.id = v_judgement.lease_id FOR NO KEY UPDATE;
  SELECT j.* INTO v_former FROM judgement j WHERE j.member_id = p_member AND j.idempotency_key = p_key;
  IF FOUND THEN
    outcome := CASE
      WHEN v_former.body_hash <> p_body_hash THEN 'idempotency_conflict'
      WHEN v_lease.state = 'held' THEN 'repeated'
      ELSE 'undo_too_late'
    END;
  ELSIF v_lease.state <> 'judged' OR v_judgement.created_at < clock_timestamp() - p_within
    OR EXISTS (SELECT FROM judgement s WHERE s.supersedes_id = p_judgement) THEN
    outcome := 'undo_too_late';
  ELSE
    INSERT INTO judgement (workspace_id, project_id, task_id, lease_id, member_id, guideline_id, kind, supersedes_id,
      shown_order, source, repeat, idempotency_key, body_hash)
    VALUES (p_workspace, v_lease.project_id, v_lease.task_id, v_lease.id, p_member, v_lease.guideline_id, 'retraction',
      p_judgement, v_lease.shown_order, v_judgement.source, v_judgement.repeat, p_key, p_body_hash);
    -- A new token: whatever is still under way with the old one concerns the answer that was taken back.
    UPDATE lease l SET state = 'held', token = replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''),
      expires_at = clock_timestamp() + make_interval(secs => p.lease_seconds)
    FROM project p WHERE l.id = v_lease.id AND p.id = l.project_id;
    PERFORM write_journal(v_lease, 'undone');
    INSERT INTO outbox (topic, key) VALUES ('judged', v_lease.project_id);
    UPDATE tally SET total = total - (NOT v_judgement.repeat)::integer, repeats = repeats - v_judgement.repeat::integer,
      today = today - (day = (v_judgement.created_at AT TIME ZONE 'UTC')::date AND NOT v_judgement.repeat)::integer,
      repeats_today = repeats_today - (day = (v_judgement.created_at AT TIME ZONE 'UTC')::date AND v_judgement.repeat)::integer
    WHERE member_id = p_member AND project_id = v_lease.project_id;
    outcome := 'created';
  END IF;
  IF outcome IN ('created', 'repeated') THEN
    task := leased_task(v_lease.id);
  END IF;
END
$$;

CREATE OR REPLACE FUNCTION "skip_lease"(
  p_workspace uuid, p_member uuid, p_lease uuid, p_token text, p_flagged boolean, p_comment text, p_reason text,
  OUT outcome text, OUT project_id uuid, OUT next jsonb
) LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
  v_lease lease;
  v_other lease;
BEGIN
  SELECT l.* INTO v_lease FROM lease l
  WHERE l.id = p_lease AND l.workspace_id = p_workspace AND l.member_id = p_member AND l.token = p_token
  FOR NO KEY UPDATE;
  IF v_lease.id IS NULL THEN
    outcome := 'not_found';
    RETURN;
  END IF;
  project_id := v_lease.project_id;
  IF v_lease.state IN ('released', 'expired') THEN
    -- The task may have come back to the same member meanwhile: then that lease is the one that is skipped.
    SELECT l.* INTO v_other FROM lease l
    WHERE l.member_id = p_member AND l.task_id = v_lease.task_id AND l.id <> v_lease.id
      AND sign(l.slot) = sign(v_lease.slot) AND l.state IN ('held', 'judged', 'skipped', 'surplus') FOR NO KEY UPDATE;
    IF FOUND THEN
      v_lease := v_other;
    END IF;
  END IF;
  IF v_lease.state = 'held' THEN
    PERFORM give_back(v_lease, 'skipped');
    outcome := 'done';
  ELSIF v_lease.state IN ('released', 'expired') THEN
    -- Its slot has gone back already.
    UPDATE lease SET state = 'skipped' WHERE id = v_lease.id;
    PERFORM write_journal(v_lease, 'skipped');
    outcome := 'done';
  ELSE
    outcome := CASE v_lease.state WHEN 'skipped' THEN 'repeated' ELSE 'lease_expired' END;
  END IF;
  IF outcome = 'lease_expired' THEN
    RETURN;
  END IF;
  IF v_lease.slot < 0 THEN
    DELETE FROM repeat_due WHERE member_id = p_member AND project_id = v_lease.project_id AND task_id = v_lease.task_id;
  END IF;
  -- A repeated skip may add its reason, and takes nothing away.
  UPDATE lease SET
    skip_flagged = p_flagged OR (outcome = 'repeated' AND coalesce(skip_flagged, false)),
    skip_comment = CASE WHEN outcome = 'repeated' AND p_comment = '' THEN coalesce(skip_comment, '') ELSE p_comment END,
    skip_reason = CASE WHEN outcome = 'repeated' THEN coalesce(p_reason, skip_reason) ELSE p_reason END
  WHERE id = v_lease.id;
  next := next_task(project_id, p_member, outcome = 'repeated');
END
$$;

CREATE OR REPLACE FUNCTION "undo_skip"(
  p_workspace uuid, p_member uuid, p_lease uuid, p_key uuid, p_within interval, OUT outcome text, OUT task jsonb
) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_lease lease;
  v_overlap integer;
  v_free smallint[];
BEGIN
  SELECT l.* INTO v_lease FROM lease l
  WHERE l.id = p_lease AND l.workspace_id = p_workspace AND l.member_id = p_member FOR NO KEY UPDATE;
  IF NOT FOUND OR v_lease.skipped_at IS NULL THEN
    outcome := 'not_found';
    RETURN;
  END IF;
  IF v_lease.state = 'held' AND v_lease.skip_undo_key = p_key THEN
    outcome := 'repeated';
    task := leased_task(v_lease.id);
    RETURN;
  END IF;
  IF v_lease.state <> 'skipped' OR v_lease.skipped_at < clock_timestamp() - p_within THEN
    outcome := 'undo_too_late';
    RETURN;
  END IF;
  SELECT t.overlap INTO v_overlap FROM task t WHERE t.id = v_lease.task_id FOR NO KEY UPDATE;
  v_free := CASE WHEN v_lease.slot < 0 THEN ARRAY[repeat_slot(v_lease.task_id)] ELSE free_slots(v_lease.task_id, v_overlap) END;
  IF cardinality(v_free) = 0 THEN
    outcome := 'task_taken';
    RETURN;
  END IF;
  -- A new token: a skip that is still under way with the old one must not skip again.
  UPDATE lease l SET state = 'held', slot = v_free[1], skip_undo_key = p_key,
    token = replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''),
    expires_at = clock_timestamp() + make_interval(secs => p.lease_seconds)
  FROM project p WHERE l.id = v_lease.id AND p.id = l.project_id;
  IF cardinality(v_free) = 1 AND v_lease.slot > 0 THEN
    UPDATE task SET state = 'full' WHERE id = v_lease.task_id AND state IN ('open', 'waiting');
  END IF;
  PERFORM write_journal(v_lease, 'undone');
  outcome := 'created';
  task := leased_task(v_lease.id);
END
$$;

CREATE OR REPLACE FUNCTION "change_overlap"(p_tasks uuid[], p_overlap integer, p_wait boolean) RETURNS uuid[]
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_locked uuid[];
BEGIN
  -- Locked before the slots are read: each statement has its own snapshot.
  IF p_wait THEN
    v_locked := ARRAY(
      SELECT t.id FROM task t WHERE t.id = ANY (p_tasks) AND t.evaluation_id IS NULL FOR NO KEY UPDATE);
  ELSE
    v_locked := ARRAY(
      SELECT t.id FROM task t WHERE t.id = ANY (p_tasks) AND t.evaluation_id IS NULL FOR NO KEY UPDATE SKIP LOCKED);
  END IF;
  UPDATE task t SET
    overlap = greatest(p_overlap, s.highest),
    state = CASE
      WHEN s.taken >= greatest(p_overlap, s.highest) THEN 'full'::task_state
      WHEN t.state = 'full' THEN freed_state(t.project_id, t.batch)
      ELSE t.state
    END
  FROM (
    SELECT k.id, count(l.id)::integer AS taken, coalesce(max(l.slot), 0)::integer AS highest
    FROM unnest(v_locked) k(id) LEFT JOIN lease l ON l.task_id = k.id AND l.state IN ('held', 'judged') AND l.slot > 0
    GROUP BY k.id) s
  WHERE s.id = t.id;
  RETURN v_locked;
END
$$;

-- What keeps a member from another task of a project, in the order in which it is told: contracts' `Waits`. Asked only when
-- a claim found nothing; empty: nothing is left for them. Each count goes to a thousand. `claimable`: a task came free since.
CREATE FUNCTION "waits_of"(p_project uuid, p_member uuid) RETURNS jsonb LANGUAGE plpgsql VOLATILE
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
  v_project project;
  v_languages text[];
  v_limit text;
  v_open integer;
  v_count integer;
  v_until timestamptz;
  v_names text[];
  v_waits jsonb := '[]';
BEGIN
  SELECT p.* INTO v_project FROM project p WHERE p.id = p_project;
  IF v_project.state IN ('paused', 'ended') THEN
    RETURN jsonb_build_array(jsonb_build_object('for', CASE v_project.state WHEN 'paused' THEN 'project' ELSE 'ended' END));
  END IF;
  v_languages := languages_for(v_project, p_member);
  SELECT count(*) INTO v_open FROM (
    SELECT FROM task t WHERE t.project_id = p_project AND t.state = 'open'
      AND (v_languages IS NULL OR t.language IS NULL OR t.language = ANY (v_languages))
      AND (SELECT 1 FROM lease l WHERE l.member_id = p_member AND l.task_id = t.id
           AND l.state IN ('held', 'judged', 'skipped', 'surplus') AND l.slot > 0 LIMIT 1) IS NULL
    LIMIT 1) one;
  IF v_open > 0 THEN
    v_limit := limit_reached(v_project, p_member);
    RETURN jsonb_build_array(CASE v_limit
      WHEN 'day' THEN jsonb_build_object('for', 'day', 'limit', v_project.daily_limit, 'until', to_char(
        date_trunc('day', clock_timestamp() AT TIME ZONE 'UTC') + interval '1 day', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      WHEN 'share' THEN jsonb_build_object('for', 'share', 'limit', tasks_a_person(p_project, v_project.share_limit))
      WHEN 'parallel' THEN jsonb_build_object('for', 'parallel', 'limit', v_project.parallel_leases)
      ELSE jsonb_build_object('for', 'claimable') END);
  END IF;
  -- Held by others: the task comes free where they give it back, or let it run out.
  SELECT least(count(*), 1000), min(held.expires_at) INTO v_count, v_until FROM (
    SELECT l.task_id, min(l.expires_at) AS expires_at FROM lease l JOIN task t ON t.id = l.task_id AND t.state = 'full'
    WHERE l.state = 'held' AND l.project_id = p_project AND l.member_id <> p_member AND l.slot > 0
      AND (v_languages IS NULL OR t.language IS NULL OR t.language = ANY (v_languages))
      AND (SELECT 1 FROM lease m WHERE m.member_id = p_member AND m.task_id = l.task_id
           AND m.state IN ('held', 'judged', 'skipped', 'surplus') AND m.slot > 0 LIMIT 1) IS NULL
    GROUP BY l.task_id) held;
  IF v_count > 0 THEN
    v_waits := v_waits || jsonb_build_object('for', 'others', 'tasks', v_count,
      'until', to_char(v_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'));
  END IF;
  SELECT count(*) INTO v_count FROM (
    SELECT FROM batch b JOIN task t ON t.project_id = b.project_id AND t.batch = b.number AND t.state = 'waiting'
    WHERE b.project_id = p_project AND b.state = 'paused'
      AND (v_languages IS NULL OR t.language IS NULL OR t.language = ANY (v_languages))
      AND (SELECT 1 FROM lease l WHERE l.member_id = p_member AND l.task_id = t.id
           AND l.state IN ('held', 'judged', 'skipped', 'surplus') AND l.slot > 0 LIMIT 1) IS NULL
    LIMIT 1000) few;
  IF v_count > 0 THEN
    v_waits := v_waits || jsonb_build_object('for', 'batch', 'tasks', v_count);
  END IF;
  IF v_languages IS NOT NULL THEN
    -- From language to language along the index, each by one look.
    WITH RECURSIVE other AS (
      (SELECT t.language FROM task t WHERE t.project_id = p_project AND t.state = 'open' AND t.language IS NOT NULL
       ORDER BY t.language LIMIT 1)
      UNION ALL
      SELECT (SELECT t.language FROM task t WHERE t.project_id = p_project AND t.state = 'open' AND t.language > other.language
        ORDER BY t.language LIMIT 1) FROM other WHERE other.language IS NOT NULL)
    SELECT array_agg(language) INTO v_names FROM (
      SELECT language FROM other WHERE language <> ALL (v_languages) LIMIT 20) few;
    IF v_names IS NOT NULL THEN
      v_waits := v_waits || jsonb_build_object('for', 'language', 'languages', to_jsonb(v_names));
    END IF;
  END IF;
  RETURN v_waits;
END
$$;

-- Gives up to p_limit tasks of a batch that are in one of these states another one, and answers how many; rows that somebody
-- is at are passed by. Who opens again what has all its places taken finds it full.
CREATE FUNCTION "turn_batch"(p_project uuid, p_batch integer, p_from task_state[], p_to task_state, p_limit integer)
RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_turned integer;
BEGIN
  PERFORM FROM batch b WHERE b.project_id = p_project AND b.number = p_batch
    AND b.state::text = CASE p_to WHEN 'waiting' THEN 'paused' ELSE p_to::text END FOR SHARE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  WITH chosen AS MATERIALIZED (
    SELECT t.id FROM task t WHERE t.project_id = p_project AND t.state = ANY (p_from) AND t.batch = p_batch
    LIMIT p_limit FOR NO KEY UPDATE SKIP LOCKED)
  UPDATE task t SET state = CASE
    WHEN p_to IN ('open', 'waiting') AND cardinality(free_slots(t.id, t.overlap)) = 0 THEN 'full' ELSE p_to END
  FROM chosen WHERE t.id = chosen.id;
  GET DIAGNOSTICS v_turned = ROW_COUNT;
  RETURN v_turned;
END
$$;

-- Moves up to p_limit tasks of a batch to another number, and answers how many.
CREATE FUNCTION "move_batch"(p_project uuid, p_batch integer, p_to integer, p_limit integer) RETURNS integer
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_moved integer;
BEGIN
  WITH chosen AS MATERIALIZED (
    SELECT t.id FROM task t WHERE t.project_id = p_project AND t.state IN ('open', 'full', 'paused', 'waiting', 'ended') AND t.batch = p_batch
    LIMIT p_limit FOR NO KEY UPDATE SKIP LOCKED)
  UPDATE task t SET batch = p_to FROM chosen WHERE t.id = chosen.id;
  GET DIAGNOSTICS v_moved = ROW_COUNT;
  RETURN v_moved;
END
$$;

-- Writes the languages of up to p_limit tasks after p_after, for a project that has come to ask for them, and answers the
-- last one's id.
CREATE FUNCTION "tell_languages"(p_project uuid, p_after uuid, p_limit integer) RETURNS uuid LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_last uuid;
BEGIN
  WITH chosen AS MATERIALIZED (
    SELECT t.id, t.prompt_id FROM task t JOIN project p ON p.id = p_project AND p.workspace_id = t.workspace_id
    WHERE t.project_id = p_project AND t.id > p_after ORDER BY t.id LIMIT p_limit FOR NO KEY UPDATE OF t),
  written AS (
    UPDATE task t SET language = language_of(m.language) FROM chosen JOIN prompt m ON m.id = chosen.prompt_id
    WHERE t.id = chosen.id AND t.language IS DISTINCT FROM language_of(m.language))
  SELECT max(id::text)::uuid INTO v_last FROM chosen;
  RETURN v_last;
END
$$;
