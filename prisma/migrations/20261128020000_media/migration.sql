-- Pictures and sounds of a project. The bytes lie in the file store under media/WORKSPACE/PROJECT/SHA256; prompts and
-- answers hold contracts' MediaRef, and `media_use` says who shows what, so that nothing that is shown can be deleted.
CREATE TABLE "media" (
  "id" uuid NOT NULL,
  "workspace_id" uuid NOT NULL,
  "project_id" uuid NOT NULL,
  "sha256" text NOT NULL,
  "type" text NOT NULL,
  "bytes" integer NOT NULL,
  "width" integer,
  "height" integer,
  "seconds" double precision,
  -- The first is what pages say; rows may name it by any under which it was uploaded.
  "names" text[] NOT NULL,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "created_by_id" uuid,
  CONSTRAINT "media_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "media_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id")
    REFERENCES "project"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "media_has_name" CHECK (cardinality("names") > 0)
);
CREATE UNIQUE INDEX "media_workspace_id_id_key" ON "media"("workspace_id", "id");
CREATE UNIQUE INDEX "media_project_id_sha256_key" ON "media"("project_id", "sha256");

-- Kept from being deleted while it is shown, and forgotten with the prompt or the answer.
CREATE TABLE "media_use" (
  "id" uuid NOT NULL DEFAULT uuidv7(),
  "workspace_id" uuid NOT NULL,
  "media_id" uuid NOT NULL,
  "prompt_id" uuid,
  "completion_id" uuid,
  CONSTRAINT "media_use_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "media_use_of_one" CHECK (("prompt_id" IS NULL) <> ("completion_id" IS NULL)),
  CONSTRAINT "media_use_workspace_id_media_id_fkey" FOREIGN KEY ("workspace_id", "media_id")
    REFERENCES "media"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "media_use_workspace_id_prompt_id_fkey" FOREIGN KEY ("workspace_id", "prompt_id")
    REFERENCES "prompt"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "media_use_workspace_id_completion_id_fkey" FOREIGN KEY ("workspace_id", "completion_id")
    REFERENCES "completion"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "media_use_media_id_prompt_id_key" ON "media_use"("media_id", "prompt_id");
CREATE UNIQUE INDEX "media_use_media_id_completion_id_key" ON "media_use"("media_id", "completion_id");
CREATE INDEX "media_use_prompt_id_idx" ON "media_use"("prompt_id");
CREATE INDEX "media_use_completion_id_idx" ON "media_use"("completion_id");

-- contracts' MediaRefs; null where there are none, as of every answer of before.
ALTER TABLE "completion" ADD COLUMN "media" jsonb;

-- What an annotator sees of a lease: contracts' LeasedTask. As before, and the media of answers; those of prompts stand in their messages.
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
            || CASE WHEN c.media IS NULL THEN '{}' ELSE jsonb_build_object('media', c.media) END ORDER BY s.place), '[]')
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
