-- A skip is taken back like a judgement. It carries what was said about the task (a flag, a comment, a reason), and
-- the task that comes back by an undo carries what had been said before.
-- Everything here is added to: what an API of the version before calls has its old form and meaning.

ALTER TABLE "lease"
  -- When it was skipped last, by the database's clock; it stays after an undo, with what was said then.
  ADD COLUMN "skipped_at" timestamptz(3),
  ADD COLUMN "skip_flagged" boolean,
  ADD COLUMN "skip_comment" text,
  ADD COLUMN "skip_reason" text,
  -- Idempotency key of the undo that has brought the lease back last.
  ADD COLUMN "skip_undo_key" uuid;

-- With it, "done" and "waiting" of a project add up to the same number whenever either was asked for.
ALTER TABLE "tally" ADD COLUMN "skipped" integer NOT NULL DEFAULT 0;
INSERT INTO "tally" (member_id, project_id, day, today, total, skipped)
SELECT l.member_id, l.project_id, (clock_timestamp() AT TIME ZONE 'UTC')::date, 0, 0, count(*)::integer
FROM "lease" l WHERE l.state = 'skipped' GROUP BY l.member_id, l.project_id
ON CONFLICT (member_id, project_id) DO UPDATE SET skipped = excluded.skipped;

-- Dates and counts skips by whichever way a lease becomes skipped or ceases to be so, also by an API of the version
-- before, which skips by `end_lease`.
CREATE FUNCTION "note_skip"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_by integer := CASE WHEN NEW.state = 'skipped' THEN 1 ELSE -1 END;
BEGIN
  IF NEW.state = 'skipped' THEN
    NEW.skipped_at := clock_timestamp();
  END IF;
  INSERT INTO tally (member_id, project_id, day, today, total, skipped)
  VALUES (NEW.member_id, NEW.project_id, (clock_timestamp() AT TIME ZONE 'UTC')::date, 0, 0, greatest(v_by, 0))
  ON CONFLICT (member_id, project_id) DO UPDATE SET skipped = tally.skipped + v_by;
  RETURN NEW;
END
$$;
CREATE TRIGGER "note_skip" BEFORE UPDATE OF "state" ON "lease" FOR EACH ROW
  WHEN ((OLD.state = 'skipped') IS DISTINCT FROM (NEW.state = 'skipped')) EXECUTE FUNCTION "note_skip"();

-- What a member has done in one project: contracts' ProjectTally. Volatile, so that it sees what the statement that it
-- stands in has just written.
CREATE FUNCTION "project_tally"(p_project uuid, p_member uuid) RETURNS jsonb LANGUAGE sql VOLATILE AS $$
  SELECT jsonb_build_object(
    'today', coalesce(max(CASE WHEN y.day = (clock_timestamp() AT TIME ZONE 'UTC')::date THEN y.today END), 0),
    'total', coalesce(max(y.total), 0),
    'skipped', coalesce(max(y.skipped), 0))
  FROM tally y WHERE y.member_id = p_member AND y.project_id = p_project
$$;

-- What an annotator sees of a lease: contracts' LeasedTask. Beside its first form it has `note`: what was said about the
-- task before the undo that brought it back, of a judgement or of a skip, whichever was later.
CREATE OR REPLACE FUNCTION "leased_task"(p_lease uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'lease', jsonb_build_object(
      'id', l.id, 'token', l.token, 'leaseSeconds', p.lease_seconds,
      'expiresAt', to_char(l.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
    'taskId', t.id,
    'projectId', t.project_id,
    'question', jsonb_build_object('id', q.id, 'kind', q.kind, 'title', q.title),
    'prompt', jsonb_build_object(
      'id', m.id, 'messages', m.messages, 'language', m.language, 'sourceText', m.source_text),
    'completions', (
      SELECT jsonb_agg(jsonb_build_object('id', c.id, 'text', c.text) ORDER BY s.place)
      FROM unnest(l.shown_order) WITH ORDINALITY AS s(index, place)
      JOIN completion c ON c.id = t.completion_ids[s.index + 1]),
    'guidelineVersion', g.version,
    -- What an undo took back last on this lease.
    'previous', undone.answer,
    'note', CASE
      WHEN l.skipped_at IS NOT NULL AND (undone.answered_at IS NULL OR l.skipped_at > undone.answered_at)
        THEN jsonb_build_object('flagged', coalesce(l.skip_flagged, false), 'comment', coalesce(l.skip_comment, ''))
      WHEN undone.answered_at IS NOT NULL
        THEN jsonb_build_object('flagged', undone.flagged, 'comment', undone.comment)
    END
  )
  FROM lease l
  JOIN task t ON t.id = l.task_id
  JOIN project p ON p.id = t.project_id
  JOIN question q ON q.id = t.question_id
  JOIN prompt m ON m.id = t.prompt_id
  JOIN guideline g ON g.id = l.guideline_id
  LEFT JOIN LATERAL (
    SELECT a.answer, a.flagged, a.comment, a.created_at AS answered_at
    FROM judgement r JOIN judgement a ON a.id = r.supersedes_id
    WHERE r.lease_id = l.id AND r.kind = 'retraction' ORDER BY r.created_at DESC, r.id DESC LIMIT 1
  ) undone ON true
  WHERE l.id = p_lease
$$;

-- Skips a lease with what was said about its task. A skip that comes after the lease has ended is kept all the same,
-- so that nobody's comment is lost and the task does not come back to whoever has skipped it.
-- outcome: done | repeated | not_found | lease_expired (this member has answered the task)
CREATE FUNCTION "skip_lease"(
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
      AND l.state IN ('held', 'judged', 'skipped', 'surplus') FOR NO KEY UPDATE;
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
  -- A repeated skip may add its reason, and takes nothing away.
  UPDATE lease SET
    skip_flagged = p_flagged OR (outcome = 'repeated' AND coalesce(skip_flagged, false)),
    skip_comment = CASE WHEN outcome = 'repeated' AND p_comment = '' THEN coalesce(skip_comment, '') ELSE p_comment END,
    skip_reason = CASE WHEN outcome = 'repeated' THEN coalesce(p_reason, skip_reason) ELSE p_reason END
  WHERE id = v_lease.id;
  next := next_task(project_id, p_member, outcome = 'repeated');
END
$$;

-- Takes a skip back: the lease takes a free slot again, under the lock of its task's row, and lives with a new token.
-- outcome: created | repeated | not_found | undo_too_late | task_taken (no slot is free)
CREATE FUNCTION "undo_skip"(
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
  v_free := free_slots(v_lease.task_id, v_overlap);
  IF cardinality(v_free) = 0 THEN
    outcome := 'task_taken';
    RETURN;
  END IF;
  -- A new token: a skip that is still under way with the old one must not skip again.
  UPDATE lease l SET state = 'held', slot = v_free[1], skip_undo_key = p_key,
    token = replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''),
    expires_at = clock_timestamp() + make_interval(secs => p.lease_seconds)
  FROM project p WHERE l.id = v_lease.id AND p.id = l.project_id;
  IF cardinality(v_free) = 1 THEN
    UPDATE task SET state = 'full' WHERE id = v_lease.task_id AND state = 'open';
  END IF;
  PERFORM write_journal(v_lease, 'undone');
  outcome := 'created';
  task := leased_task(v_lease.id);
END
$$;
