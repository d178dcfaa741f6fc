-- What a task asks is an ordered list of questions, and one judgement holds the answers to all of them. Kinds of
-- questions are known by the code alone (contracts' `questions/kinds.ts`): another kind needs no migration.
--
-- What is stored of earlier judgements stays as it is, letter by letter, so that label sets keep their hashes: a judgement
-- of a questionnaire with one question holds that question's answer itself, one of several an object of answers by name.

ALTER TABLE "question" RENAME TO "questionnaire";
ALTER TABLE "questionnaire" RENAME CONSTRAINT "question_pkey" TO "questionnaire_pkey";
ALTER INDEX "question_workspace_id_id_key" RENAME TO "questionnaire_workspace_id_id_key";
ALTER TABLE "questionnaire"
  RENAME CONSTRAINT "question_workspace_id_project_id_fkey" TO "questionnaire_workspace_id_project_id_fkey";
ALTER TABLE "task" RENAME COLUMN "question_id" TO "questionnaire_id";
ALTER TABLE "task"
  RENAME CONSTRAINT "task_workspace_id_question_id_fkey" TO "task_workspace_id_questionnaire_id_fkey";

-- A changed questionnaire is a new version of the same name; tasks and judgements stay with the one they were made of.
ALTER TABLE "questionnaire" ADD COLUMN "name" text, ADD COLUMN "version" integer NOT NULL DEFAULT 1, ADD COLUMN "questions" jsonb;
UPDATE "questionnaire" SET
  "name" = "kind"::text,
  "questions" = jsonb_build_array(jsonb_build_object(
    'name', "kind"::text, 'kind', "kind"::text,
    -- Words of its own: whoever has none reads the page's.
    'title', CASE WHEN "title" IN ('Which answer is better?', 'How good is this answer?') THEN '' ELSE "title" END,
    'settings', CASE "kind" WHEN 'preference' THEN '{"steps": 7, "bothBad": true}'::jsonb ELSE '{}'::jsonb END,
    'required', true, 'when', NULL));
ALTER TABLE "questionnaire" ALTER COLUMN "name" SET NOT NULL, ALTER COLUMN "questions" SET NOT NULL;

-- An answer of a model may be absent: where one is to be written, a task shows the prompt alone.
ALTER TABLE "task" DROP CONSTRAINT "task_has_completions";

-- Whether an answer fits its question is said by one place, labeling's `questions/`, before anything is written.
ALTER TABLE "judgement" DROP CONSTRAINT "judgement_answer_shape",
  ADD CONSTRAINT "judgement_answer_shape" CHECK ("answer" IS NULL OR jsonb_typeof("answer") = 'object');

-- Answers by the name of their question, whichever of the two forms they are stored in.
CREATE FUNCTION "answers_of"("answer" jsonb, "questions" jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE jsonb_array_length(questions) WHEN 1 THEN jsonb_build_object(questions #>> '{0,name}', answer) ELSE answer END
$$;

DROP VIEW "effective_judgement";
DROP FUNCTION "submit_judgement"(uuid, uuid, uuid, text, uuid, text, jsonb, question_kind, boolean, text, jsonb, jsonb);
ALTER TABLE "questionnaire" DROP COLUMN "kind", DROP COLUMN "title";
DROP TYPE "question_kind";
CREATE UNIQUE INDEX "questionnaire_project_id_name_version_key" ON "questionnaire"("project_id", "name", "version");

-- A version is what judgements were made of: it stays as it is.
CREATE TRIGGER "append_only" BEFORE UPDATE ON "questionnaire" EXECUTE FUNCTION "refuse_change"();

-- Judgements that count: answers that nothing supersedes, within the cap, not repeats. Learning, exports and figures
-- read this and never the table.
CREATE VIEW "effective_judgement" AS
SELECT
  j."id", j."workspace_id", j."project_id", j."task_id", j."lease_id", j."member_id", j."guideline_id", j."answer",
  j."shown_order", j."flagged", j."comment", j."timings", j."client", j."source", j."created_at",
  m."kind" AS "member_kind", coalesce(m."external_id", m."id"::text) AS "annotator",
  q."questions", t."questionnaire_id", t."prompt_id", t."completion_ids", t."evaluation_id"
FROM "judgement" j
JOIN "task" t ON t."id" = j."task_id"
JOIN "questionnaire" q ON q."id" = t."questionnaire_id"
JOIN "member" m ON m."id" = j."member_id"
WHERE j."kind" = 'answer' AND NOT j."surplus" AND NOT j."repeat"
  AND NOT EXISTS (SELECT FROM "judgement" s WHERE s."supersedes_id" = j."id");

-- The same by question: a row for each that was answered.
CREATE VIEW "effective_answer" AS
SELECT
  e."id" AS "judgement_id", e."workspace_id", e."project_id", e."task_id", e."member_id", e."shown_order", e."source",
  e."created_at", e."prompt_id", e."completion_ids", e."evaluation_id", e."questionnaire_id",
  q."question", q."question" ->> 'kind' AS "question_kind",
  CASE WHEN jsonb_array_length(e."questions") = 1 THEN e."answer" ELSE e."answer" -> (q."question" ->> 'name') END AS "answer"
FROM "effective_judgement" e
CROSS JOIN LATERAL jsonb_array_elements(e."questions") AS q("question")
WHERE jsonb_array_length(e."questions") = 1 OR e."answer" ? (q."question" ->> 'name');

-- What an annotator sees of a lease: contracts' LeasedTask.
CREATE OR REPLACE FUNCTION "leased_task"(p_lease uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'lease', jsonb_build_object(
      'id', l.id, 'token', l.token, 'leaseSeconds', p.lease_seconds,
      'expiresAt', to_char(l.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
    'taskId', t.id,
    'projectId', t.project_id,
    'questionnaireId', q.id,
    'questions', q.questions,
    'prompt', jsonb_build_object(
      'id', m.id, 'messages', m.messages, 'language', m.language, 'sourceText', m.source_text),
    -- None where an answer is to be written.
    'completions', (
      SELECT coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'text', c.text) ORDER BY s.place), '[]')
      FROM unnest(l.shown_order) WITH ORDINALITY AS s(index, place)
      JOIN completion c ON c.id = t.completion_ids[s.index + 1]),
    'guidelineVersion', g.version,
    -- What an undo took back last on this lease.
    'previousAnswers', answers_of(undone.answer, q.questions),
    -- In the form that pages of before read, as far as they know what is asked.
    'question', CASE WHEN q.name IN ('preference', 'rating') THEN jsonb_build_object(
      'id', q.id, 'kind', q.name, 'title', coalesce(nullif(q.questions #>> '{0,title}', ''),
        CASE q.name WHEN 'preference' THEN 'Which answer is better?' ELSE 'How good is this answer?' END)) END,
    'previous', CASE WHEN q.name IN ('preference', 'rating') THEN undone.answer END,
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
  JOIN questionnaire q ON q.id = t.questionnaire_id
  JOIN prompt m ON m.id = t.prompt_id
  JOIN guideline g ON g.id = l.guideline_id
  LEFT JOIN LATERAL (
    SELECT a.answer, a.flagged, a.comment, a.created_at AS answered_at
    FROM judgement r JOIN judgement a ON a.id = r.supersedes_id
    WHERE r.lease_id = l.id AND r.kind = 'retraction' ORDER BY r.created_at DESC, r.id DESC LIMIT 1
  ) undone ON true
  WHERE l.id = p_lease
$$;

-- One judgement, and the next task with it. Whether the answers fit their questions was asked before, of the questionnaire
-- that is named here; `wrong_question`: the task asks another one.
-- outcome: created | repeated | not_found | idempotency_conflict | wrong_question | answered
CREATE FUNCTION "submit_judgement"(
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
  PERFORM FROM task t WHERE t.id = v_lease.task_id AND t.questionnaire_id = p_questionnaire;
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

-- In which order the completions are shown: random, and for a pair the side that has stood first less often here. Of no
-- completions, an empty order.
CREATE OR REPLACE FUNCTION "draw_order"(p_task uuid, p_completions integer) RETURNS smallint[] LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_lead integer;
BEGIN
  IF p_completions = 2 THEN
    SELECT count(*) FILTER (WHERE l.shown_order[1] = 0) - count(*) FILTER (WHERE l.shown_order[1] = 1) INTO v_lead
    FROM lease l WHERE l.task_id = p_task AND l.state IN ('held', 'judged');
    RETURN CASE WHEN v_lead > 0 OR (v_lead = 0 AND random() < 0.5) THEN '{1,0}' ELSE '{0,1}' END;
  END IF;
  RETURN ARRAY(SELECT i::smallint FROM generate_series(0, p_completions - 1) i ORDER BY random());
END
$$;
