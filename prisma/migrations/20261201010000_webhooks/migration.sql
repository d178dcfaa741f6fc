-- Webhooks: addresses of a project that are told of what happens in it, and what became of telling each.

-- The table was there and nothing could write it.
DELETE FROM "webhook";
ALTER TABLE "webhook"
  ADD COLUMN "project_id" UUID NOT NULL,
  ADD COLUMN "former_secret" TEXT,
  ADD COLUMN "former_until" TIMESTAMPTZ(3),
  ADD COLUMN "disabled_because" TEXT,
  ADD COLUMN "failing_since" TIMESTAMPTZ(3),
  ADD COLUMN "delivered_at" TIMESTAMPTZ(3),
  ADD CONSTRAINT "webhook_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id")
    REFERENCES "project"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "webhook_disabled_because" CHECK ((disabled_at IS NULL) = (disabled_because IS NULL));
CREATE UNIQUE INDEX "webhook_workspace_id_id_key" ON "webhook"("workspace_id", "id");
CREATE INDEX "webhook_project_id_idx" ON "webhook"("project_id");

CREATE TYPE "webhook_delivery_state" AS ENUM ('waiting', 'delivered', 'given_up');

CREATE TABLE "webhook_delivery" (
  "id" UUID NOT NULL DEFAULT uuidv7(),
  "workspace_id" UUID NOT NULL,
  "webhook_id" UUID NOT NULL,
  "event_id" UUID NOT NULL,
  "type" TEXT NOT NULL,
  "payload" TEXT NOT NULL,
  "state" "webhook_delivery_state" NOT NULL DEFAULT 'waiting',
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "claim" UUID,
  "tried_at" TIMESTAMPTZ(3),
  "status" INTEGER,
  "reason" TEXT,
  "reason_values" JSONB,
  "answer" TEXT,
  "duration_ms" INTEGER,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "webhook_delivery_workspace_id_webhook_id_fkey" FOREIGN KEY ("workspace_id", "webhook_id")
    REFERENCES "webhook"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
-- What has been written down for an address is written down once, from whatever it is derived.
CREATE UNIQUE INDEX "webhook_delivery_webhook_id_event_id_key" ON "webhook_delivery"("webhook_id", "event_id");
-- The log of an address, newest first.
CREATE INDEX "webhook_delivery_webhook_id_id_idx" ON "webhook_delivery"("webhook_id", "id");
-- What is to be sent, in its order.
CREATE INDEX "webhook_delivery_due" ON "webhook_delivery"("webhook_id", "next_at") WHERE "state" = 'waiting';
CREATE INDEX "webhook_delivery_created_at_idx" ON "webhook_delivery"("created_at");

-- Which judgement a promise is about: webhooks tell of each, while figures only need to know in which project.
ALTER TABLE "outbox" ADD COLUMN "subject" UUID;

-- Writes an event down for every address of a project that wants its kind, in the transaction of what happened.
-- p_id: of the event, the same however often it is told. p_data: ids and plain facts; the project's is added. An address that
-- is being deleted is waited for and left out: what happened must not fail by it.
CREATE FUNCTION "webhook_event"(p_project uuid, p_id uuid, p_type text, p_at timestamptz, p_data jsonb) RETURNS void
LANGUAGE sql VOLATILE AS $$
  INSERT INTO webhook_delivery (workspace_id, webhook_id, event_id, type, payload)
  SELECT w.workspace_id, w.id, p_id, p_type, jsonb_build_object('type', p_type,
    'timestamp', to_char(p_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'data', jsonb_build_object('projectId', w.project_id) || p_data)::text
  FROM webhook w JOIN project p ON p.id = w.project_id AND p.deleted_at IS NULL
  WHERE w.project_id = p_project AND w.disabled_at IS NULL AND p_type = ANY (w.events)
  FOR KEY SHARE OF w
  ON CONFLICT DO NOTHING
$$;

-- The same of judgements, by those who drain their promises: to ask at each judgement whether anybody wants to hear of it
-- would be paid for by every annotator. Of people's alone; what is simulated and what a file brought is no news.
CREATE FUNCTION "webhook_events_of_judgements"(p_projects uuid[], p_judgements uuid[]) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM FROM webhook w WHERE w.project_id = ANY (p_projects) AND w.disabled_at IS NULL;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  PERFORM webhook_event(j.project_id, j.id, 'judgement.created', j.created_at, jsonb_build_object(
    'judgementId', j.id, 'taskId', j.task_id, 'kind', j.kind, 'supersedesId', j.supersedes_id, 'surplus', j.surplus,
    'repeat', j.repeat))
  FROM judgement j WHERE j.id = ANY (p_judgements) AND j.source = 'person';
END
$$;

CREATE FUNCTION "tell_batch_full"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM webhook_event(NEW.project_id, NEW.id, 'batch.full', NEW.created_at, jsonb_build_object(
    'batch', NEW.batch, 'importId', NEW.import_id, 'tasks', NEW.tasks, 'judgements', NEW.judgements));
  RETURN NULL;
END
$$;

-- Of an address that was switched off for admins to hear of: its host, without what the rest may give away.
ALTER TABLE "notice" ADD COLUMN "webhook_host" TEXT;
DROP INDEX "notice_lot";
CREATE UNIQUE INDEX "notice_lot" ON "notice"("project_id", "batch", "import_id") NULLS NOT DISTINCT WHERE "webhook_host" IS NULL;
CREATE TRIGGER tell_batch_full AFTER INSERT ON "notice" FOR EACH ROW WHEN (NEW.webhook_host IS NULL)
  EXECUTE FUNCTION tell_batch_full();

CREATE FUNCTION "tell_label_set"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM webhook_event(NEW.project_id, NEW.id, 'label_set.created', NEW.created_at, jsonb_build_object(
    'labelSetId', NEW.id, 'sha256', NEW.sha256, 'includesSimulated', NEW.includes_simulated, 'counts', NEW.counts));
  RETURN NULL;
END
$$;
CREATE TRIGGER tell_label_set AFTER INSERT ON "label_set" FOR EACH ROW EXECUTE FUNCTION tell_label_set();

CREATE FUNCTION "tell_run_ended"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM webhook_event(NEW.project_id, NEW.id, 'run.ended', clock_timestamp(), jsonb_build_object(
    'runId', NEW.id, 'number', NEW.number,
    'kind', NEW.kind, 'state', NEW.state,
    'modelId', (SELECT v.id FROM model_version v WHERE v.run_id = NEW.id)));
  RETURN NULL;
END
$$;
CREATE TRIGGER tell_run_ended AFTER UPDATE OF "state" ON "run" FOR EACH ROW
  WHEN (OLD.state IN ('waiting', 'queued', 'running') AND NEW.state IN ('succeeded', 'failed', 'cancelled'))
  EXECUTE FUNCTION tell_run_ended();

-- As before; the promise says which judgement it is about.
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
  INSERT INTO outbox (topic, key, subject) VALUES ('judged', v_lease.project_id, judgement_id);
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

-- As before, with the same.
CREATE OR REPLACE FUNCTION "correct_judgement"(
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
  INSERT INTO outbox (topic, key, subject) VALUES ('judged', v_judgement.project_id, judgement_id);
  project_id := v_judgement.project_id;
  outcome := 'created';
END
$$;

-- As before, with the same.
CREATE OR REPLACE FUNCTION "undo_correction"(
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
  INSERT INTO outbox (topic, key, subject) VALUES ('judged', v_judgement.project_id, judgement_id);
  project_id := v_judgement.project_id;
  outcome := 'created';
END
$$;

-- As before, with the same: the retraction.
CREATE OR REPLACE FUNCTION "undo_judgement"(
  p_workspace uuid, p_member uuid, p_judgement uuid, p_key uuid, p_body_hash text, p_within interval,
  OUT outcome text, OUT task jsonb
) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_judgement judgement;
  v_lease lease;
  v_former judgement;
  v_retraction uuid;
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
      p_judgement, v_lease.shown_order, v_judgement.source, v_judgement.repeat, p_key, p_body_hash)
    RETURNING id INTO v_retraction;
    -- A new token: whatever is still under way with the old one concerns the answer that was taken back.
    UPDATE lease l SET state = 'held', token = replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''),
      expires_at = clock_timestamp() + make_interval(secs => p.lease_seconds)
    FROM project p WHERE l.id = v_lease.id AND p.id = l.project_id;
    PERFORM write_journal(v_lease, 'undone');
    INSERT INTO outbox (topic, key, subject) VALUES ('judged', v_lease.project_id, v_retraction);
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
