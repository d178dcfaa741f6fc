-- One person has one voice on a task, also when it came to them twice: after a long cut the same task can be leased anew
-- before the answer that waited in the browser arrives. The second answer is refused until the first is taken back.
-- Only the test before `answered` differs from the function's first form.

-- One judgement, and the next task with it.
-- outcome: created | repeated | not_found | idempotency_conflict | wrong_question | answered
CREATE OR REPLACE FUNCTION "submit_judgement"(
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
    PERFORM FROM lease l JOIN judgement j ON j.lease_id = l.id
    WHERE l.member_id = p_member AND l.task_id = v_lease.task_id AND j.kind = 'answer'
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
