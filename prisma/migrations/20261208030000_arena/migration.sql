-- The arena: annotators write prompts of their own, two policies answer blind, and a vote becomes a judgement.

ALTER TABLE "prompt" ADD COLUMN "arena" BOOLEAN NOT NULL DEFAULT false;
-- For what leaves them out; where there are none, there is nothing in it.
CREATE INDEX "prompt_arena" ON "prompt"("project_id", "id") WHERE "arena";

CREATE TABLE "arena" (
  "project_id" UUID NOT NULL,
  "workspace_id" UUID NOT NULL,
  "is_on" BOOLEAN NOT NULL DEFAULT false,
  "max_new_tokens" INTEGER NOT NULL,
  "temperature" DOUBLE PRECISION NOT NULL,
  "top_p" DOUBLE PRECISION NOT NULL,
  "most_turns" INTEGER NOT NULL,
  "battles_a_day" INTEGER NOT NULL,
  "project_battles_a_day" INTEGER,
  "prompt_characters" INTEGER NOT NULL,
  "messages_a_minute" INTEGER NOT NULL,
  CONSTRAINT "arena_pkey" PRIMARY KEY ("project_id"),
  CONSTRAINT "arena_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id")
    REFERENCES "project"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "arena_workspace_id_project_id_key" ON "arena"("workspace_id", "project_id");

CREATE TABLE "arena_model" (
  "workspace_id" UUID NOT NULL,
  "project_id" UUID NOT NULL,
  "model_version_id" UUID NOT NULL,
  CONSTRAINT "arena_model_pkey" PRIMARY KEY ("project_id", "model_version_id"),
  CONSTRAINT "arena_model_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id")
    REFERENCES "arena"("workspace_id", "project_id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "arena_model_workspace_id_model_version_id_fkey" FOREIGN KEY ("workspace_id", "model_version_id")
    REFERENCES "model_version"("workspace_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION
);
CREATE INDEX "arena_model_model_version_id_idx" ON "arena_model"("model_version_id");

CREATE TABLE "arena_battle" (
  "id" UUID NOT NULL DEFAULT uuidv7(),
  "workspace_id" UUID NOT NULL,
  "project_id" UUID NOT NULL,
  "member_id" UUID NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'open',
  "a_model_id" UUID NOT NULL,
  "b_model_id" UUID NOT NULL,
  "a_seed" INTEGER NOT NULL,
  "b_seed" INTEGER NOT NULL,
  "sampling" JSONB NOT NULL,
  "most_turns" INTEGER NOT NULL,
  "idempotency_key" UUID NOT NULL,
  "choice" TEXT,
  "reason" TEXT NOT NULL DEFAULT '',
  "not_counted" TEXT,
  "task_id" UUID,
  "answering" UUID,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "ended_at" TIMESTAMPTZ(3),
  CONSTRAINT "arena_battle_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "arena_battle_state" CHECK ("state" IN ('open', 'voted', 'abandoned', 'withdrawn')),
  CONSTRAINT "arena_battle_choice" CHECK (("state" = 'voted') = ("choice" IS NOT NULL) AND "choice" IN ('a', 'b', 'tie', 'both-bad')),
  CONSTRAINT "arena_battle_of_two" CHECK ("a_model_id" <> "b_model_id"),
  CONSTRAINT "arena_battle_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id")
    REFERENCES "project"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "arena_battle_workspace_id_member_id_fkey" FOREIGN KEY ("workspace_id", "member_id")
    REFERENCES "member"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "arena_battle_workspace_id_a_model_id_fkey" FOREIGN KEY ("workspace_id", "a_model_id")
    REFERENCES "model_version"("workspace_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "arena_battle_workspace_id_b_model_id_fkey" FOREIGN KEY ("workspace_id", "b_model_id")
    REFERENCES "model_version"("workspace_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "arena_battle_workspace_id_task_id_fkey" FOREIGN KEY ("workspace_id", "task_id")
    REFERENCES "task"("workspace_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION
);
CREATE UNIQUE INDEX "arena_battle_workspace_id_id_key" ON "arena_battle"("workspace_id", "id");
CREATE UNIQUE INDEX "arena_battle_member_id_idempotency_key_key" ON "arena_battle"("member_id", "idempotency_key");
-- One at a time.
CREATE UNIQUE INDEX "arena_battle_open" ON "arena_battle"("project_id", "member_id") WHERE "state" = 'open';
CREATE INDEX "arena_battle_project_id_id_idx" ON "arena_battle"("project_id", "id");
CREATE INDEX "arena_battle_of_day" ON "arena_battle"("project_id", "created_at");
CREATE INDEX "arena_battle_task_id_idx" ON "arena_battle"("task_id");
CREATE INDEX "arena_battle_a_model_id_idx" ON "arena_battle"("a_model_id");
CREATE INDEX "arena_battle_b_model_id_idx" ON "arena_battle"("b_model_id");

CREATE TABLE "arena_turn" (
  "workspace_id" UUID NOT NULL,
  "battle_id" UUID NOT NULL,
  "number" SMALLINT NOT NULL,
  "text" TEXT NOT NULL,
  "a_text" TEXT,
  "a_finish_reason" TEXT,
  "a_names_itself" TEXT[] NOT NULL DEFAULT '{}',
  "b_text" TEXT,
  "b_finish_reason" TEXT,
  "b_names_itself" TEXT[] NOT NULL DEFAULT '{}',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "arena_turn_pkey" PRIMARY KEY ("battle_id", "number"),
  CONSTRAINT "arena_turn_workspace_id_battle_id_fkey" FOREIGN KEY ("workspace_id", "battle_id")
    REFERENCES "arena_battle"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- As before; where an item is from the arena, it says so.
CREATE OR REPLACE FUNCTION "write_task_documents"(p_tasks uuid[]) RETURNS void LANGUAGE sql VOLATILE
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
  WITH made AS MATERIALIZED (
    SELECT t.id, t.workspace_id, t.project_id, p.messages, p.source_text, p.language, q.name AS questionnaire, p.split,
      t.import_id, t.evaluation_id, t.reason, answers.texts, answers.models, answers.runs
    FROM unnest(p_tasks) k(id)
    JOIN task t ON t.id = k.id
    JOIN prompt p ON p.id = t.prompt_id
    JOIN questionnaire q ON q.id = t.questionnaire_id
    CROSS JOIN LATERAL (
      SELECT coalesce(string_agg(left(c.text, 20000), E'\n' ORDER BY s.place), '') AS texts,
        array_remove(array_agg(c.model_version_id::text) || array_agg(left(lower(c.metadata ->> 'model'), 200)), NULL) AS models,
        array_remove(array_agg(c.run_id::text), NULL) AS runs
      FROM unnest(t.completion_ids) WITH ORDINALITY AS s(id, place) JOIN completion c ON c.id = s.id) answers
  ), facets AS (
    INSERT INTO task_facet (workspace_id, project_id, kind, value)
    SELECT DISTINCT workspace_id, project_id, 'language', left(lower(language), 200) FROM made WHERE language <> ''
    UNION
    SELECT DISTINCT workspace_id, project_id, 'model', model FROM made, unnest(models) model WHERE model <> ''
    ORDER BY 2, 3, 4
    ON CONFLICT DO NOTHING
  )
  INSERT INTO task_document (task_id, workspace_id, project_id, document)
  SELECT m.id, m.workspace_id, m.project_id,
    array_to_tsvector(array_remove(ARRAY[
      '/project:' || m.project_id, '/split:' || m.split, '/question:' || left(m.questionnaire, 200),
      '/language:' || left(lower(m.language), 200), '/import:' || m.import_id,
      '/from:' || CASE WHEN m.reason = 'arena' THEN 'arena' WHEN m.evaluation_id IS NOT NULL THEN 'evaluation' WHEN m.runs <> '{}' THEN 'run'
        WHEN m.import_id IS NOT NULL THEN 'import' ELSE 'other' END]
      || ARRAY(SELECT '/model:' || x FROM unnest(m.models) x) || ARRAY(SELECT '/run:' || x FROM unnest(m.runs) x), NULL))
    || search_words(left(
      coalesce((SELECT string_agg(left(turn ->> 'content', 20000), E'\n') FROM jsonb_array_elements(m.messages) turn), '')
        || E'\n' || coalesce(left(m.source_text, 20000), '') || E'\n' || m.texts, 60000))
  FROM made m
  ON CONFLICT (task_id) DO UPDATE SET document = excluded.document
$$;

-- As before; whoever voted in the arena was told the names with it, and what they said stays as it was said blind.
CREATE OR REPLACE FUNCTION "correction_bar"(p_judgement judgement, p_within interval) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN later.kind = 'retraction' THEN 'taken_back'
    WHEN later.kind IS NOT NULL THEN 'corrected'
    WHEN p_judgement.surplus THEN 'surplus'
    WHEN p.state = 'archived' THEN 'archived'
    WHEN p.state = 'ended' THEN 'ended'
    WHEN t.reason = 'arena' AND EXISTS (
      SELECT FROM arena_battle b WHERE b.task_id = t.id AND b.member_id = p_judgement.member_id) THEN 'told'
    WHEN t.evaluation_id IS NOT NULL AND NOT (
      SELECT count(*) < t.overlap OR bool_or(made.source = 'person' AND made.created_at >= clock_timestamp() - p_within)
      FROM standing_judgement made WHERE made.task_id = t.id) THEN 'told'
  END
  FROM task t
  JOIN project p ON p.id = t.project_id
  LEFT JOIN judgement later ON later.supersedes_id = p_judgement.id
  WHERE t.id = p_judgement.task_id
$$;

-- As before, with the same.
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
  -- The names were told with the vote: what is said after it would not be blind.
  PERFORM FROM arena_battle b WHERE b.task_id = v_judgement.task_id AND b.member_id = p_member;
  IF FOUND THEN
    outcome := 'undo_too_late';
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
