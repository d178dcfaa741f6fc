-- Browsing a project: a document for each task, written when the task is made, in which one index finds words and what
-- tasks are filtered by. The tables that people's work goes through get no index and no column: judging costs what it did.

-- Whether a character is of a script that is written without spaces: Thai, kana, Chinese, Korean.
-- Not STRICT, as are the others here, so that Postgres writes it into the statement: it is asked of every character.
CREATE FUNCTION "is_unspaced"("code" integer) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT code >= 3584 AND (code <= 3711 OR code >= 12293 AND (code <= 12295 OR code BETWEEN 12353 AND 12543
    OR code BETWEEN 13312 AND 19903 OR code BETWEEN 19968 AND 40959 OR code BETWEEN 44032 AND 55215
    OR code BETWEEN 63744 AND 64255 OR code BETWEEN 131072 AND 262143))
$$;

-- A text that has other characters than ASCII as the parser of full-text search is to see it. Scripts without spaces become
-- overlapping pairs: 天空是蓝 is 天空 空是 是蓝 and, where it is to be found, 蓝, so that each of its characters begins a word.
-- Symbols and emoji become words, since the parser would drop them.
CREATE FUNCTION "searchable_pairs"("given" text, "asked" boolean) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(string_agg(
    CASE
      WHEN c.code < 128 THEN c.letter
      WHEN is_unspaced(c.code) THEN CASE
        WHEN is_unspaced(ascii(c.next)) THEN ' ' || c.letter || c.next
        WHEN asked AND is_unspaced(ascii(c.former)) THEN ' '
        ELSE ' ' || c.letter || ' ' END
      WHEN c.code BETWEEN 8592 AND 11263 OR c.code BETWEEN 126976 AND 129791 THEN ' symbol' || to_hex(c.code) || ' '
      WHEN c.code BETWEEN 8204 AND 8205 OR c.code BETWEEN 65024 AND 65039 THEN ''
      WHEN c.code BETWEEN 160 AND 169 OR c.code BETWEEN 171 AND 177 OR c.code IN (180, 182, 183, 184, 187, 191)
        OR c.code BETWEEN 8192 AND 8303 OR c.code BETWEEN 12288 AND 12336 OR c.code BETWEEN 65072 AND 65135 THEN ' '
      ELSE c.letter
    END, ''), '')
  FROM (SELECT string_to_array(given, NULL) AS letters) a,
    LATERAL (
      SELECT u.*, ascii(u.letter) AS code
      FROM unnest(a.letters, a.letters[2:], array_prepend(NULL, a.letters)) AS u(letter, next, former)) c
  WHERE c.letter IS NOT NULL
$$;

-- A text in small letters, full-width ones like the others, and without the marks by which the parser joins words into
-- addresses, hyphenated words, numbers and tags. `asked`: it is what somebody searches for.
CREATE FUNCTION "searchable"("given" text, "asked" boolean) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT translate(
    lower(CASE WHEN octet_length(given) = length(given) THEN given
      ELSE searchable_pairs(normalize(given, NFKC), asked) END COLLATE "pg_unicode_fast"),
    '-./@<&+~_:', '          ')
$$;

CREATE FUNCTION "search_words"("given" text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('simple', searchable(given, false))
$$;

-- What one term of a search asks for. `manner`: all | phrase | start. A single character of a script without spaces is
-- the start of each pair that it begins.
CREATE FUNCTION "search_term"("given" text, "manner" text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN numnode(q.query) = 0 THEN q.query ELSE (
    CASE manner WHEN 'start' THEN regexp_replace(s.started, '''$', ''':*') ELSE s.started END)::tsquery END
  FROM (
    SELECT CASE manner WHEN 'phrase' THEN phraseto_tsquery('simple', searchable(given, true))
      ELSE plainto_tsquery('simple', searchable(given, true)) END AS query) q,
  LATERAL (SELECT regexp_replace(q.query::text, '''([^\x01-\x7f])''', '''\1'':*', 'g') AS started) s
$$;

CREATE TABLE "task_document" (
  "task_id" uuid NOT NULL,
  "workspace_id" uuid NOT NULL,
  "project_id" uuid NOT NULL,
  "document" tsvector NOT NULL,
  CONSTRAINT "task_document_pkey" PRIMARY KEY ("task_id")
);

-- Languages and names of models that a project's tasks have, for whoever filters by them.
CREATE TABLE "task_facet" (
  "workspace_id" uuid NOT NULL,
  "project_id" uuid NOT NULL,
  "kind" text NOT NULL,
  "value" text NOT NULL,
  CONSTRAINT "task_facet_pkey" PRIMARY KEY ("project_id", "kind", "value")
);

CREATE TABLE "saved_view" (
  "id" uuid NOT NULL DEFAULT uuidv7(),
  "workspace_id" uuid NOT NULL,
  "project_id" uuid NOT NULL,
  "member_id" uuid NOT NULL,
  "name" text NOT NULL,
  "filter" jsonb NOT NULL,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

-- What a judgement says in words, whatever its kind of question: each keeps them as `text` or as `note`.
CREATE FUNCTION "written_in"("comment" text, "answer" jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT left(comment, 20000) || coalesce((
    SELECT string_agg(E'\n' || left(w #>> '{}', 20000), '') FROM jsonb_path_query(answer, 'strict $.**.text', silent => true) w
    WHERE jsonb_typeof(w) = 'string'), '') || coalesce((
    SELECT string_agg(E'\n' || left(w #>> '{}', 20000), '') FROM jsonb_path_query(answer, 'strict $.**.note', silent => true) w
    WHERE jsonb_typeof(w) = 'string'), '')
$$;

-- Lexemes that begin with a stroke are no words: no text has any. 200 characters of a name tell it from others. Answers are
-- found by their ids whatever is known of their number: within an import nothing is yet, and all would be read for each task.
CREATE FUNCTION "write_task_documents"(p_tasks uuid[]) RETURNS void LANGUAGE sql VOLATILE
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
  WITH made AS MATERIALIZED (
    SELECT t.id, t.workspace_id, t.project_id, p.messages, p.source_text, p.language, q.name AS questionnaire, p.split,
      t.import_id, t.evaluation_id, answers.texts, answers.models, answers.runs
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
      '/from:' || CASE WHEN m.evaluation_id IS NOT NULL THEN 'evaluation' WHEN m.runs <> '{}' THEN 'run'
        WHEN m.import_id IS NOT NULL THEN 'import' ELSE 'other' END]
      || ARRAY(SELECT '/model:' || x FROM unnest(m.models) x) || ARRAY(SELECT '/run:' || x FROM unnest(m.runs) x), NULL))
    || search_words(left(
      coalesce((SELECT string_agg(left(turn ->> 'content', 20000), E'\n') FROM jsonb_array_elements(m.messages) turn), '')
        || E'\n' || coalesce(left(m.source_text, 20000), '') || E'\n' || m.texts, 60000))
  FROM made m
  ON CONFLICT (task_id) DO UPDATE SET document = excluded.document
$$;

CREATE FUNCTION "document_made_tasks"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM write_task_documents(ARRAY(SELECT id FROM made));
  RETURN NULL;
END
$$;

-- What people write is found with the item that it is said of. A document holds a megabyte; an item with more is found by
-- what was written first, and nobody's judgement fails for it.
CREATE FUNCTION "document_what_was_said"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE task_document d SET document = d.document
    || array_to_tsvector(CASE WHEN NEW.flagged THEN ARRAY['/flagged'] ELSE '{}' END)
    || search_words(left(written_in(NEW.comment, NEW.answer), 60000))
  WHERE d.task_id = NEW.task_id;
  RETURN NULL;
EXCEPTION WHEN program_limit_exceeded THEN
  RETURN NULL;
END
$$;

-- What is there already. Rows in the order of their ids; the indexes are built once the table is full.
DO $$
DECLARE
  v_after uuid := '00000000-0000-0000-0000-000000000000';
  v_tasks uuid[];
BEGIN
  LOOP
    v_tasks := ARRAY(SELECT id FROM task WHERE id > v_after ORDER BY id LIMIT 20000);
    EXIT WHEN cardinality(v_tasks) = 0;
    PERFORM write_task_documents(v_tasks);
    v_after := v_tasks[cardinality(v_tasks)];
  END LOOP;
  UPDATE task_document d SET document = d.document
    || array_to_tsvector(CASE WHEN said.flagged THEN ARRAY['/flagged'] ELSE '{}' END)
    || search_words(left(said.texts, 60000))
  FROM (
    SELECT j.task_id, bool_or(j.flagged) AS flagged, string_agg(written_in(j.comment, j.answer), E'\n' ORDER BY j.id) AS texts
    FROM judgement j
    WHERE j.kind = 'answer' AND (j.flagged OR j.comment <> '' OR j.answer @? 'strict $.** ? (exists (@.text) || exists (@.note))')
    GROUP BY j.task_id) said
  WHERE d.task_id = said.task_id;
END
$$;

CREATE UNIQUE INDEX "task_document_project_id_task_id_key" ON "task_document"("project_id", "task_id");
CREATE INDEX "task_document_document_idx" ON "task_document" USING GIN ("document");
CREATE UNIQUE INDEX "saved_view_project_id_name_key" ON "saved_view"("project_id", "name");
CREATE UNIQUE INDEX "saved_view_workspace_id_id_key" ON "saved_view"("workspace_id", "id");

ALTER TABLE "task_document" ADD CONSTRAINT "task_document_workspace_id_task_id_fkey"
  FOREIGN KEY ("workspace_id", "task_id") REFERENCES "task"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "task_facet" ADD CONSTRAINT "task_facet_workspace_id_project_id_fkey"
  FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_workspace_id_project_id_fkey"
  FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_workspace_id_member_id_fkey"
  FOREIGN KEY ("workspace_id", "member_id") REFERENCES "member"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER "documented" AFTER INSERT ON "task" REFERENCING NEW TABLE AS made FOR EACH STATEMENT
  EXECUTE FUNCTION "document_made_tasks"();
-- Of most judgements nothing is said, and the condition is all that they cost.
CREATE TRIGGER "documented" AFTER INSERT ON "judgement" FOR EACH ROW
  WHEN (NEW.kind = 'answer' AND (NEW.flagged OR NEW.comment <> '' OR NEW.answer @? 'strict $.** ? (exists (@.text) || exists (@.note))'))
  EXECUTE FUNCTION "document_what_was_said"();

-- The tasks whose documents hold this, in no order and at most so many. By the index of words whatever is known of how often
-- they occur: right after an import nothing is.
CREATE FUNCTION "documents_found"(p_query tsquery, p_most integer) RETURNS uuid[] LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off AS $$
BEGIN
  RETURN ARRAY(SELECT d.task_id FROM task_document d WHERE d.document @@ p_query LIMIT p_most);
END
$$;

-- The tasks that were judged in a time, by one member or by anybody; null where there were more judgements than p_most.
CREATE FUNCTION "tasks_judged_within"(p_project uuid, p_from timestamptz, p_to timestamptz, p_member uuid, p_most integer)
RETURNS uuid[] LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
DECLARE
  v_count integer;
  v_tasks uuid[];
BEGIN
  SELECT count(*), array_agg(DISTINCT judged.task_id) FILTER (
    WHERE judged.kind = 'answer' AND (p_member IS NULL OR judged.member_id = p_member))
  INTO v_count, v_tasks
  FROM (
    SELECT j.task_id, j.kind, j.member_id FROM judgement j
    WHERE j.project_id = p_project AND j.created_at >= p_from AND j.created_at < p_to LIMIT p_most + 1) judged;
  RETURN CASE WHEN v_count > p_most THEN NULL ELSE coalesce(v_tasks, '{}') END;
END
$$;
