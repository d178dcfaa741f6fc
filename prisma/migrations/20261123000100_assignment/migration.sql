-- Assignment: who gets which task, and what becomes of it.
--
-- These are functions and not statements of the API for three reasons. Each statement of a function has its own
-- snapshot, so the slots of a task are read after its row has been locked and never before. Submitting a judgement and
-- claiming the next task is one round trip and one transaction. And the plans are kept by the connection.
--
-- Locks are taken in one order: lease, then task. A claim waits for nothing while it holds another lock (SKIP LOCKED).
-- A slot is given, given back or taken again only under the lock of its task's row.
-- Time is the database's clock alone.

-- What an annotator sees of a lease: contracts' LeasedTask.
CREATE FUNCTION "leased_task"(p_lease uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
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
    'previous', (
      SELECT a.answer FROM judgement r JOIN judgement a ON a.id = r.supersedes_id
      WHERE r.lease_id = l.id AND r.kind = 'retraction' ORDER BY r.created_at DESC, r.id DESC LIMIT 1)
  )
  FROM lease l
  JOIN task t ON t.id = l.task_id
  JOIN project p ON p.id = t.project_id
  JOIN question q ON q.id = t.question_id
  JOIN prompt m ON m.id = t.prompt_id
  JOIN guideline g ON g.id = l.guideline_id
  WHERE l.id = p_lease
$$;

-- Counted judgements of a member today (UTC), over all projects.
CREATE FUNCTION "judged_today"(p_member uuid) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(today), 0)::integer FROM tally
  WHERE member_id = p_member AND day = (clock_timestamp() AT TIME ZONE 'UTC')::date
$$;

-- Whether a member may work in a project: those who came through an open link see only where it led.
CREATE FUNCTION "may_work"(p_workspace uuid, p_project uuid, p_member uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM project WHERE id = p_project AND workspace_id = p_workspace)
    AND (EXISTS (SELECT FROM project_access WHERE project_id = p_project AND member_id = p_member)
      OR NOT EXISTS (SELECT FROM project_access WHERE workspace_id = p_workspace AND member_id = p_member))
$$;
CREATE INDEX "project_access_member" ON "project_access"("member_id");

CREATE FUNCTION "write_journal"(p_lease lease, p_event text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO journal (workspace_id, project_id, task_id, lease_id, member_id, event)
  VALUES (p_lease.workspace_id, p_lease.project_id, p_lease.task_id, p_lease.id, p_lease.member_id, p_event)
$$;

-- The free slots of a task whose row the caller has locked, lowest first. The taken ones are read first, by the index.
CREATE FUNCTION "free_slots"(p_task uuid, p_overlap integer) RETURNS smallint[] LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_taken smallint[] := ARRAY(
    SELECT l.slot FROM lease l WHERE l.task_id = p_task AND l.state IN ('held', 'judged'));
BEGIN
  RETURN ARRAY(SELECT s::smallint FROM generate_series(1, p_overlap) s WHERE s <> ALL (v_taken) ORDER BY s);
END
$$;

-- In which order the completions are shown: random, and for a pair the side that has stood first less often here.
CREATE FUNCTION "draw_order"(p_task uuid, p_completions integer) RETURNS smallint[] LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_lead integer;
BEGIN
  IF p_completions = 2 THEN
    SELECT count(*) FILTER (WHERE l.shown_order[1] = 0) - count(*) FILTER (WHERE l.shown_order[1] = 1) INTO v_lead
    FROM lease l WHERE l.task_id = p_task AND l.state IN ('held', 'judged');
    RETURN CASE WHEN v_lead > 0 OR (v_lead = 0 AND random() < 0.5) THEN '{1,0}' ELSE '{0,1}' END;
  END IF;
  RETURN (SELECT array_agg(i::smallint ORDER BY random()) FROM generate_series(0, p_completions - 1) i);
END
$$;

-- Leases the first task of a batch, by sort key in (p_after, p_upto], that this member has not met.
-- Thorough: waits for rows that others hold instead of passing them by.
--
-- The planner is kept to the ordered walk along task_open: right after an import its statistics are stale, and a sort
-- of all open tasks a claim would be the price. The scalar subquery (not NOT EXISTS) is probed row by row, so that a
-- member with 100,000 leases does not pay for a hash of them.
CREATE FUNCTION "claim_in_batch"(
  p_project uuid, p_member uuid, p_batch integer, p_after float8, p_upto float8, p_thorough boolean
) RETURNS uuid LANGUAGE plpgsql VOLATILE
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
  v_task task;
  v_free smallint[];
  v_lease lease;
BEGIN
  LOOP
    IF p_thorough THEN
      SELECT t.* INTO v_task FROM task t
      WHERE t.project_id = p_project AND t.state = 'open' AND t.batch = p_batch
        AND t.sort_key > p_after AND t.sort_key <= p_upto
        AND (SELECT 1 FROM lease l WHERE l.member_id = p_member AND l.task_id = t.id
             AND l.state IN ('held', 'judged', 'skipped', 'surplus') LIMIT 1) IS NULL
      ORDER BY t.sort_key LIMIT 1 FOR NO KEY UPDATE OF t;
    ELSE
      SELECT t.* INTO v_task FROM task t
      WHERE t.project_id = p_project AND t.state = 'open' AND t.batch = p_batch
        AND t.sort_key > p_after AND t.sort_key <= p_upto
        AND (SELECT 1 FROM lease l WHERE l.member_id = p_member AND l.task_id = t.id
             AND l.state IN ('held', 'judged', 'skipped', 'surplus') LIMIT 1) IS NULL
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

-- Leases one more task of a project to a member, or answers NULL. Batches in their order, lowest first; within one
-- from the member's cursor to the end, then once from the start to the cursor. A wrap that found nothing is left alone
-- for fifty times as long as it took, so that a batch done with costs two per cent of the time at most.
CREATE FUNCTION "claim_task"(p_project uuid, p_member uuid, p_thorough boolean) RETURNS uuid
LANGUAGE plpgsql VOLATILE SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
  v_batch integer := -2147483648;
  v_sort_key float8;
  v_rest_until timestamptz;
  v_started timestamptz;
  v_lease uuid;
BEGIN
  PERFORM FROM project WHERE id = p_project AND state = 'active';
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  LOOP
    SELECT t.batch INTO v_batch FROM task t
    WHERE t.project_id = p_project AND t.state = 'open' AND t.batch > v_batch ORDER BY t.batch LIMIT 1;
    IF NOT FOUND THEN
      RETURN NULL;
    END IF;
    SELECT c.sort_key, c.rest_until INTO v_sort_key, v_rest_until FROM cursor c
    WHERE c.member_id = p_member AND c.project_id = p_project AND c.batch = v_batch;
    IF NOT FOUND THEN
      v_lease := claim_in_batch(p_project, p_member, v_batch, '-infinity', 'infinity', p_thorough);
    ELSE
      v_lease := claim_in_batch(p_project, p_member, v_batch, v_sort_key, 'infinity', p_thorough);
      IF v_lease IS NULL AND (p_thorough OR v_rest_until <= clock_timestamp()) THEN
        v_started := clock_timestamp();
        v_lease := claim_in_batch(p_project, p_member, v_batch, '-infinity', v_sort_key, p_thorough);
        IF v_lease IS NULL THEN
          UPDATE cursor SET rest_until = clock_timestamp() + 50 * (clock_timestamp() - v_started)
          WHERE member_id = p_member AND project_id = p_project AND batch = v_batch;
        END IF;
      END IF;
    END IF;
    IF v_lease IS NOT NULL THEN
      RETURN v_lease;
    END IF;
  END LOOP;
END
$$;

-- The member's live leases in a project, the longest held first.
CREATE FUNCTION "held_leases"(p_project uuid, p_member uuid) RETURNS uuid[] LANGUAGE sql VOLATILE AS $$
  SELECT coalesce(array_agg(l.id ORDER BY l.created_at, l.id), '{}') FROM lease l
  WHERE l.member_id = p_member AND l.project_id = p_project AND l.state = 'held' AND l.expires_at > clock_timestamp()
$$;

-- Up to p_count tasks: those still held first, then new ones. `allowed` false: no such project for this member.
CREATE FUNCTION "claim_tasks"(
  p_workspace uuid, p_project uuid, p_member uuid, p_count integer, p_thorough boolean,
  OUT allowed boolean, OUT tasks jsonb, OUT today integer
) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_leases uuid[];
  v_lease uuid;
BEGIN
  allowed := may_work(p_workspace, p_project, p_member);
  IF NOT allowed THEN
    RETURN;
  END IF;
  v_leases := (held_leases(p_project, p_member))[1:p_count];
  WHILE cardinality(v_leases) < p_count LOOP
    v_lease := claim_task(p_project, p_member, p_thorough);
    EXIT WHEN v_lease IS NULL;
    v_leases := v_leases || v_lease;
  END LOOP;
  tasks := (SELECT coalesce(jsonb_agg(leased_task(u.id) ORDER BY u.place), '[]')
            FROM unnest(v_leases) WITH ORDINALITY AS u(id, place));
  today := judged_today(p_member);
END
$$;

-- What goes with a submit or a skip: a fresh task, unless the page already holds as many as it shows (two).
-- After a repeated request the newest one held is what the lost answer had carried.
CREATE FUNCTION "next_task"(p_project uuid, p_member uuid, p_repeated boolean) RETURNS jsonb
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_held uuid[] := held_leases(p_project, p_member);
  v_lease uuid;
BEGIN
  IF cardinality(v_held) >= (CASE WHEN p_repeated THEN 1 ELSE 2 END) THEN
    RETURN leased_task(v_held[cardinality(v_held)]);
  END IF;
  -- In two steps: within one the new lease could not be seen yet.
  v_lease := claim_task(p_project, p_member, false);
  RETURN leased_task(v_lease);
END
$$;

CREATE FUNCTION "count_judgement"(p_member uuid, p_project uuid) RETURNS void LANGUAGE sql VOLATILE AS $$
  INSERT INTO tally (member_id, project_id, day, today, total)
  VALUES (p_member, p_project, (clock_timestamp() AT TIME ZONE 'UTC')::date, 1, 1)
  ON CONFLICT (member_id, project_id) DO UPDATE SET
    today = CASE WHEN tally.day = excluded.day THEN tally.today + 1 ELSE 1 END,
    day = excluded.day,
    total = tally.total + 1
$$;

-- A judgement whose lease is no longer alive: it takes a slot again while one is free, and else it is surplus.
-- The caller holds the lease's row. Answers whether it counts.
CREATE FUNCTION "retake_slot"(p_lease lease) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
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
    AND l.state IN ('held', 'judged', 'skipped', 'surplus') FOR NO KEY UPDATE;
  IF FOUND AND v_other.state <> 'held' THEN
    RETURN false;
  END IF;
  IF FOUND THEN
    UPDATE lease SET state = 'released' WHERE id = v_other.id;
    PERFORM write_journal(v_other, 'released');
  END IF;
  v_free := free_slots(p_lease.task_id, v_overlap);
  IF cardinality(v_free) = 0 THEN
    UPDATE lease SET state = 'surplus' WHERE id = p_lease.id;
    RETURN false;
  END IF;
  UPDATE lease SET state = 'judged', slot = v_free[1] WHERE id = p_lease.id;
  IF cardinality(v_free) = 1 THEN
    UPDATE task SET state = 'full' WHERE id = p_lease.task_id AND state = 'open';
  END IF;
  RETURN true;
END
$$;

-- One judgement, and the next task with it.
-- outcome: created | repeated | not_found | idempotency_conflict | wrong_question | answered
CREATE FUNCTION "submit_judgement"(
  p_workspace uuid, p_member uuid, p_lease uuid, p_token text, p_key uuid, p_body_hash text, p_answer jsonb,
  p_question question_kind, p_flagged boolean, p_comment text, p_timings jsonb, p_client jsonb,
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
  PERFORM FROM task t JOIN question q ON q.id = t.question_id WHERE t.id = v_lease.task_id AND q.kind = p_question;
  IF NOT FOUND THEN
    outcome := 'wrong_question';
    RETURN;
  END IF;

  IF v_lease.state = 'held' AND v_lease.expires_at > clock_timestamp() THEN
    UPDATE lease SET state = 'judged' WHERE id = v_lease.id;
  ELSE
    PERFORM FROM judgement j WHERE j.lease_id = v_lease.id AND j.kind = 'answer'
      AND NOT EXISTS (SELECT FROM judgement s WHERE s.supersedes_id = j.id);
    IF FOUND THEN
      outcome := 'answered';
      RETURN;
    END IF;
    v_counts := retake_slot(v_lease);
  END IF;

  INSERT INTO judgement (workspace_id, project_id, task_id, lease_id, member_id, guideline_id, answer, shown_order,
    surplus, flagged, comment, timings, client, source, idempotency_key, body_hash)
  SELECT v_lease.workspace_id, v_lease.project_id, v_lease.task_id, v_lease.id, v_lease.member_id, v_lease.guideline_id,
    p_answer, v_lease.shown_order, NOT v_counts, p_flagged, p_comment, p_timings, p_client, m.kind, p_key, p_body_hash
  FROM member m WHERE m.id = p_member
  -- The same key for another lease, at the same moment, fails here on the unique key, and nothing of it stays.
  RETURNING id INTO judgement_id;
  PERFORM write_journal(v_lease, CASE WHEN v_counts THEN 'judged' ELSE 'surplus' END);
  INSERT INTO outbox (topic, key) VALUES ('judged', v_lease.project_id);
  IF v_counts THEN
    PERFORM count_judgement(p_member, v_lease.project_id);
  END IF;
  outcome := 'created';
  surplus := NOT v_counts;
  project_id := v_lease.project_id;
  next := next_task(project_id, p_member, false);
  today := judged_today(p_member);
END
$$;

-- Gives a held lease's slot back. The caller holds the lease's row.
CREATE FUNCTION "give_back"(p_lease lease, p_state lease_state) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  UPDATE lease SET state = p_state WHERE id = p_lease.id;
  PERFORM write_journal(p_lease, p_state::text);
  -- Locked first and looked at afterwards: a claim may be about to call the task full because of this very slot.
  PERFORM FROM task WHERE id = p_lease.task_id FOR NO KEY UPDATE;
  UPDATE task SET state = 'open' WHERE id = p_lease.task_id AND state = 'full';
END
$$;

-- Releases or skips a lease. outcome: done | repeated | not_found | lease_expired
CREATE FUNCTION "end_lease"(
  p_workspace uuid, p_member uuid, p_lease uuid, p_token text, p_state lease_state,
  OUT outcome text, OUT project_id uuid, OUT next jsonb
) LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
  v_lease lease;
BEGIN
  SELECT l.* INTO v_lease FROM lease l
  WHERE l.id = p_lease AND l.workspace_id = p_workspace AND l.member_id = p_member AND l.token = p_token
  FOR NO KEY UPDATE;
  project_id := v_lease.project_id;
  outcome := CASE
    WHEN v_lease.id IS NULL THEN 'not_found'
    WHEN v_lease.state = p_state THEN 'repeated'
    WHEN v_lease.state = 'held' THEN 'done'
    ELSE 'lease_expired'
  END;
  IF outcome = 'done' THEN
    PERFORM give_back(v_lease, p_state);
  END IF;
  IF p_state = 'skipped' AND outcome IN ('done', 'repeated') THEN
    next := next_task(project_id, p_member, outcome = 'repeated');
  END IF;
END
$$;

-- Keeps a lease. outcome: done | not_found | lease_expired
CREATE FUNCTION "renew_lease"(
  p_workspace uuid, p_member uuid, p_lease uuid, p_token text, OUT outcome text, OUT expires_at timestamptz
) LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
  v_lease lease;
BEGIN
  SELECT l.* INTO v_lease FROM lease l
  WHERE l.id = p_lease AND l.workspace_id = p_workspace AND l.member_id = p_member AND l.token = p_token
  FOR NO KEY UPDATE;
  outcome := CASE
    WHEN v_lease.id IS NULL THEN 'not_found'
    WHEN v_lease.state = 'held' AND v_lease.expires_at > clock_timestamp() THEN 'done'
    ELSE 'lease_expired'
  END;
  IF outcome = 'done' THEN
    UPDATE lease l SET expires_at = clock_timestamp() + make_interval(secs => p.lease_seconds)
    FROM project p WHERE l.id = v_lease.id AND p.id = l.project_id RETURNING l.expires_at INTO expires_at;
    PERFORM write_journal(v_lease, 'renewed');
  END IF;
END
$$;

-- Takes a judgement back: a retraction is appended, the lease lives again and its slot was never free.
-- outcome: created | repeated | not_found | idempotency_conflict | undo_too_late
CREATE FUNCTION "undo_judgement"(
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
      shown_order, source, idempotency_key, body_hash)
    VALUES (p_workspace, v_lease.project_id, v_lease.task_id, v_lease.id, p_member, v_lease.guideline_id, 'retraction',
      p_judgement, v_lease.shown_order, v_judgement.source, p_key, p_body_hash);
    -- A new token: whatever is still under way with the old one concerns the answer that was taken back.
    UPDATE lease l SET state = 'held', token = replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''),
      expires_at = clock_timestamp() + make_interval(secs => p.lease_seconds)
    FROM project p WHERE l.id = v_lease.id AND p.id = l.project_id;
    PERFORM write_journal(v_lease, 'undone');
    INSERT INTO outbox (topic, key) VALUES ('judged', v_lease.project_id);
    UPDATE tally SET total = total - 1,
      today = today - CASE WHEN day = (v_judgement.created_at AT TIME ZONE 'UTC')::date THEN 1 ELSE 0 END
    WHERE member_id = p_member AND project_id = v_lease.project_id;
    outcome := 'created';
  END IF;
  IF outcome IN ('created', 'repeated') THEN
    task := leased_task(v_lease.id);
  END IF;
END
$$;

-- Ends leases whose time is up, of one project or of all, and opens their tasks again. Answers how many.
CREATE FUNCTION "expire_leases"(p_project uuid, p_limit integer) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
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
  v_tasks := ARRAY(SELECT DISTINCT u.task_id FROM unnest(v_leases) u);
  -- In one order, so that two sweeps never wait for each other in a ring.
  PERFORM FROM task t WHERE t.id = ANY (v_tasks) ORDER BY t.id FOR NO KEY UPDATE;
  UPDATE task SET state = 'open' WHERE id = ANY (v_tasks) AND state = 'full';
  RETURN cardinality(v_leases);
END
$$;
