-- What each person has read of a project's guideline. A version that must be read keeps who has not read it from another
-- task; what they hold already can still be judged. Who is no person reads nothing, and is kept by nothing.

ALTER TABLE "guideline"
  -- Whether it must be read before the next task; of an empty one there is nothing to read.
  ADD COLUMN "must_read" boolean NOT NULL DEFAULT false;
ALTER TABLE "project"
  -- The version in force, kept by a trigger: with it the claim knows from the row that it reads anyway under which version
  -- it leases, and nothing that is published meanwhile comes between.
  ADD COLUMN "guideline_version" integer NOT NULL DEFAULT 0,
  -- The newest version that must be read; 0: none.
  ADD COLUMN "guideline_required" integer NOT NULL DEFAULT 0;
ALTER TABLE "tally"
  -- The newest version that this member has read here: in the row that each claim locks anyway.
  ADD COLUMN "guideline_read" integer NOT NULL DEFAULT 0;

CREATE TABLE "guideline_reading" (
  "workspace_id" uuid NOT NULL,
  "project_id" uuid NOT NULL,
  "member_id" uuid NOT NULL,
  "version" integer NOT NULL,
  "read_at" timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT "guideline_reading_pkey" PRIMARY KEY ("project_id", "member_id", "version"),
  CONSTRAINT "guideline_reading_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id")
    REFERENCES "project"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "guideline_reading_workspace_id_member_id_fkey" FOREIGN KEY ("workspace_id", "member_id")
    REFERENCES "member"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- Nobody is stopped by the upgrade: the version in force counts as read by whoever has worked in its project.
UPDATE "guideline" g SET "must_read" = true
WHERE g."text" ~ '\S' AND g."version" = (SELECT max(n."version") FROM "guideline" n WHERE n."project_id" = g."project_id");
UPDATE "project" p SET "guideline_version" = g."version", "guideline_required" = CASE WHEN g."must_read" THEN g."version" ELSE 0 END
FROM "guideline" g
WHERE g."project_id" = p."id" AND g."version" = (SELECT max(n."version") FROM "guideline" n WHERE n."project_id" = p."id");
INSERT INTO "tally" ("member_id", "project_id", "day", "today", "total")
SELECT DISTINCT l."member_id", l."project_id", (clock_timestamp() AT TIME ZONE 'UTC')::date, 0, 0
FROM "lease" l JOIN "member" m ON m."id" = l."member_id" AND m."kind" = 'person'
ON CONFLICT DO NOTHING;
UPDATE "tally" y SET "guideline_read" = p."guideline_version" FROM "project" p WHERE p."id" = y."project_id";

CREATE FUNCTION "guideline_published"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE project SET guideline_version = NEW.version, guideline_required = CASE
    WHEN NEW.must_read THEN NEW.version
    WHEN NEW.text !~ '\S' THEN 0
    ELSE guideline_required END
  WHERE id = NEW.project_id AND guideline_version < NEW.version;
  RETURN NULL;
END
$$;
CREATE TRIGGER "guideline_published" AFTER INSERT ON "guideline" FOR EACH ROW EXECUTE FUNCTION "guideline_published"();

-- That a member has read a version, once and for all.
CREATE FUNCTION "read_guideline"(p_workspace uuid, p_project uuid, p_member uuid, p_version integer) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  INSERT INTO guideline_reading (workspace_id, project_id, member_id, version)
  VALUES (p_workspace, p_project, p_member, p_version) ON CONFLICT DO NOTHING;
  INSERT INTO tally (member_id, project_id, day, today, total, guideline_read)
  VALUES (p_member, p_project, (clock_timestamp() AT TIME ZONE 'UTC')::date, 0, 0, p_version)
  ON CONFLICT (member_id, project_id) DO UPDATE SET guideline_read = greatest(tally.guideline_read, p_version);
END
$$;

-- As before; the lease is of the version that its caller has seen in force.
DROP FUNCTION "claim_in_batch"(uuid, uuid, integer, float8, float8, boolean, text);
CREATE FUNCTION "claim_in_batch"(
  p_project uuid, p_member uuid, p_batch integer, p_after float8, p_upto float8, p_thorough boolean, p_language text,
  p_guideline integer
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
        (SELECT g.id FROM guideline g WHERE g.project_id = p_project AND g.version = p_guideline),
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

-- As before, and a guideline that must be read first: 'parallel' | 'guideline' | 'day' | 'share'.
CREATE OR REPLACE FUNCTION "limit_reached"(p_project project, p_member uuid) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
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
  IF v_tally.guideline_read < p_project.guideline_required
    AND EXISTS (SELECT FROM member m WHERE m.id = p_member AND m.kind = 'person') THEN
    RETURN 'guideline';
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

-- As before, under the version of the guideline that stood in the project's row.
CREATE OR REPLACE FUNCTION "claim_unmet"(p_project project, p_member uuid, p_thorough boolean) RETURNS uuid
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
        v_lease := claim_in_batch(p_project.id, p_member, v_batch, '-infinity', 'infinity', p_thorough, v_language,
          p_project.guideline_version);
        EXIT WHEN v_lease IS NOT NULL;
      END LOOP;
    ELSE
      FOREACH v_language IN ARRAY v_languages LOOP
        v_lease := claim_in_batch(p_project.id, p_member, v_batch, v_sort_key, 'infinity', p_thorough, v_language,
          p_project.guideline_version);
        EXIT WHEN v_lease IS NOT NULL;
      END LOOP;
      IF v_lease IS NULL AND (p_thorough OR v_rest_until <= clock_timestamp()) THEN
        v_started := clock_timestamp();
        FOREACH v_language IN ARRAY v_languages LOOP
          v_lease := claim_in_batch(p_project.id, p_member, v_batch, '-infinity', v_sort_key, p_thorough, v_language,
          p_project.guideline_version);
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

DROP FUNCTION "lease_again"(uuid);
CREATE FUNCTION "lease_again"(p_lease uuid, p_guideline integer) RETURNS uuid LANGUAGE plpgsql VOLATILE AS $$
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
    (SELECT g.id FROM guideline g WHERE g.project_id = v_former.project_id AND g.version = p_guideline),
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
      v_lease := lease_again(v_former, v_project.guideline_version);
    END;
    IF v_lease IS NOT NULL THEN
      RETURN v_lease;
    END IF;
  END IF;
  RETURN claim_unmet(v_project, p_member, p_thorough);
END
$$;

-- As before; `guideline`: a version is to be read first.
CREATE OR REPLACE FUNCTION "waits_of"(p_project uuid, p_member uuid) RETURNS jsonb LANGUAGE plpgsql VOLATILE
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
      WHEN 'guideline' THEN jsonb_build_object('for', 'guideline', 'version', v_project.guideline_version)
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
