-- Corrections: an answer that supersedes a former one of the same lease. Nothing of the task, its slot or the counts of its
-- annotator changes, for the same person has still judged it once.

-- What somebody has judged in a project, newest first.
CREATE INDEX "judgement_own" ON "judgement"("member_id", "project_id", "created_at", "id")
  WHERE "kind" = 'answer' AND "source" = 'person';

-- When what was corrected was said first: a correction is no further work, so figures of when people worked read this.
CREATE FUNCTION "first_said_at"(p_judgement uuid) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  WITH RECURSIVE former AS (
    SELECT j.supersedes_id, j.created_at FROM judgement j WHERE j.id = p_judgement
    UNION ALL
    SELECT j.supersedes_id, j.created_at FROM former f JOIN judgement j ON j.id = f.supersedes_id)
  SELECT min(created_at) FROM former
$$;

-- Why an answer can't be corrected; null where it can. The same is told before somebody tries. p_within: so long after it
-- was made a judgement of an evaluation's pair may still be undone, and so long nobody is told whose answers they are: by the
-- answers that stand, left out or not.
-- taken_back | corrected | surplus | archived | ended | told
CREATE FUNCTION "correction_bar"(p_judgement judgement, p_within interval) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN later.kind = 'retraction' THEN 'taken_back'
    WHEN later.kind IS NOT NULL THEN 'corrected'
    WHEN p_judgement.surplus THEN 'surplus'
    WHEN p.state = 'archived' THEN 'archived'
    WHEN p.state = 'ended' THEN 'ended'
    WHEN t.evaluation_id IS NOT NULL AND NOT (
      SELECT count(*) < t.overlap OR bool_or(made.source = 'person' AND made.created_at >= clock_timestamp() - p_within)
      FROM standing_judgement made WHERE made.task_id = t.id) THEN 'told'
  END
  FROM task t
  JOIN project p ON p.id = t.project_id
  LEFT JOIN judgement later ON later.supersedes_id = p_judgement.id
  WHERE t.id = p_judgement.task_id
$$;

-- Which judgement stands in the place of one that was corrected; itself where none does.
CREATE FUNCTION "newest_of"(p_judgement uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
  WITH RECURSIVE later AS (
    SELECT j.id, 0 AS step FROM judgement j WHERE j.id = p_judgement
    UNION ALL
    SELECT j.id, l.step + 1 FROM later l JOIN judgement j ON j.supersedes_id = l.id AND j.kind = 'answer')
  SELECT id FROM later ORDER BY step DESC LIMIT 1
$$;

-- Another answer in the place of one's own. Whether it fits its questions was asked before, as for a judgement.
-- outcome: created | repeated | not_found | idempotency_conflict | wrong_question, or what correction_bar says
CREATE FUNCTION "correct_judgement"(
  p_workspace uuid, p_member uuid, p_judgement uuid, p_key uuid, p_body_hash text, p_answer jsonb, p_questionnaire uuid,
  p_flagged boolean, p_comment text, p_timings jsonb, p_client jsonb, p_within interval,
  OUT outcome text, OUT judgement_id uuid, OUT project_id uuid
) LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
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
  -- Whatever is done about answers of one lease queues here; what the first has done the others see.
  SELECT l.* INTO v_lease FROM lease l WHERE l.id = v_judgement.lease_id FOR NO KEY UPDATE;
  SELECT j.* INTO v_former FROM judgement j WHERE j.member_id = p_member AND j.idempotency_key = p_key;
  IF FOUND THEN
    outcome := CASE WHEN v_former.body_hash <> p_body_hash THEN 'idempotency_conflict' ELSE 'repeated' END;
    judgement_id := v_former.id;
    project_id := v_former.project_id;
    RETURN;
  END IF;
  -- Who may work there no longer finds it no longer.
  IF NOT may_work(p_workspace, v_judgement.project_id, p_member) THEN
    outcome := 'not_found';
    RETURN;
  END IF;
  outcome := correction_bar(v_judgement, p_within);
  IF outcome IS NOT NULL THEN
    RETURN;
  END IF;
  PERFORM FROM task t WHERE t.id = v_judgement.task_id AND t.questionnaire_id = p_questionnaire;
  IF NOT FOUND THEN
    outcome := 'wrong_question';
    RETURN;
  END IF;
  INSERT INTO judgement (workspace_id, project_id, task_id, lease_id, member_id, guideline_id, supersedes_id, answer,
    shown_order, repeat, flagged, comment, timings, client, source, idempotency_key, body_hash)
  VALUES (p_workspace, v_judgement.project_id, v_judgement.task_id, v_judgement.lease_id, p_member, v_judgement.guideline_id,
    p_judgement, p_answer, v_judgement.shown_order, v_judgement.repeat, p_flagged, p_comment, p_timings, p_client,
    v_judgement.source, p_key, p_body_hash)
  RETURNING id INTO judgement_id;
  -- What was left out stays left out, however its author says it now.
  UPDATE left_out o SET judgement_id = correct_judgement.judgement_id WHERE o.judgement_id = p_judgement;
  PERFORM write_journal(v_lease, 'corrected');
  INSERT INTO outbox (topic, key) VALUES ('judged', v_judgement.project_id);
  project_id := v_judgement.project_id;
  outcome := 'created';
END
$$;

-- Takes a correction back: what it replaced is said once more, in its place. The lease stays judged, for the task has its
-- answer all the time.
-- outcome: created | repeated | not_found | idempotency_conflict | no_correction | undo_too_late, or what correction_bar says
CREATE FUNCTION "undo_correction"(
  p_workspace uuid, p_member uuid, p_judgement uuid, p_key uuid, p_body_hash text, p_within interval,
  OUT outcome text, OUT judgement_id uuid, OUT project_id uuid
) LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
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
    outcome := CASE WHEN v_former.body_hash <> p_body_hash THEN 'idempotency_conflict' ELSE 'repeated' END;
    judgement_id := v_former.id;
    project_id := v_former.project_id;
    RETURN;
  END IF;
  IF NOT may_work(p_workspace, v_judgement.project_id, p_member) THEN
    outcome := 'not_found';
    RETURN;
  END IF;
  IF v_judgement.supersedes_id IS NULL THEN
    outcome := 'no_correction';
    RETURN;
  END IF;
  outcome := correction_bar(v_judgement, p_within);
  IF outcome IS NOT NULL THEN
    RETURN;
  END IF;
  IF v_judgement.created_at < clock_timestamp() - p_within THEN
    outcome := 'undo_too_late';
    RETURN;
  END IF;
  INSERT INTO judgement (workspace_id, project_id, task_id, lease_id, member_id, guideline_id, supersedes_id, answer,
    shown_order, repeat, flagged, comment, timings, client, source, idempotency_key, body_hash)
  SELECT f.workspace_id, f.project_id, f.task_id, f.lease_id, f.member_id, f.guideline_id, p_judgement, f.answer,
    f.shown_order, f.repeat, f.flagged, f.comment, f.timings, f.client, f.source, p_key, p_body_hash
  FROM judgement f WHERE f.id = v_judgement.supersedes_id
  RETURNING id INTO judgement_id;
  -- What was left out stays left out, however its author says it now.
  UPDATE left_out o SET judgement_id = undo_correction.judgement_id WHERE o.judgement_id = p_judgement;
  PERFORM write_journal(v_lease, 'corrected');
  INSERT INTO outbox (topic, key) VALUES ('judged', v_judgement.project_id);
  project_id := v_judgement.project_id;
  outcome := 'created';
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
  -- What it replaced would count no more, and neither would it.
  IF v_judgement.supersedes_id IS NOT NULL THEN
    outcome := 'correction';
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
