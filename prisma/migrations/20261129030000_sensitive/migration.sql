-- Prompts that are marked as sensitive, and what a project keeps blurred at the desk until the person reveals it.
ALTER TABLE "prompt" ADD COLUMN "sensitive" boolean NOT NULL DEFAULT false;
ALTER TABLE "project" ADD COLUMN "blur" text NOT NULL DEFAULT 'marked',
  ADD CONSTRAINT "project_blur" CHECK ("blur" IN ('everything', 'marked', 'never'));
-- For whoever looks for what is marked; where nothing is, there is nothing in it.
CREATE INDEX "prompt_sensitive" ON "prompt"("project_id", "id") WHERE "sensitive";

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
      SELECT coalesce(jsonb_agg(
          jsonb_build_object('id', c.id, 'text', c.text)
            || CASE WHEN c.media IS NULL THEN '{}' ELSE jsonb_build_object('media', unnamed_media(c.media)) END ORDER BY s.place), '[]')
      FROM unnest(l.shown_order) WITH ORDINALITY AS s(index, place)
      JOIN completion c ON c.id = t.completion_ids[s.index + 1]),
    -- What somebody may not want to see unasked: nothing of it is shown before they reveal it.
    'blurred', CASE p.blur WHEN 'everything' THEN true WHEN 'never' THEN false ELSE m.sensitive END,
    'guidelineVersion', g.version,
    -- For the API alone, which checks the answers against what it has shown, and hides whose answers a blind pair has.
    'shownAs', jsonb_build_object('order', l.shown_order, 'split', m.split, 'blind', t.evaluation_id IS NOT NULL),
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
