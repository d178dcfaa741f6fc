-- Runs are numbered within their project, models within their workspace and kind ("RM-3", "P-2"). The database gives
-- the numbers, so whoever inserts a row gets one: the counter's row is locked until the transaction ends, which makes
-- numbers unique and without gaps.
CREATE TABLE "running_number" (
  "owner_id" uuid NOT NULL,
  "series" text NOT NULL,
  "last" integer NOT NULL,
  PRIMARY KEY ("owner_id", "series")
);

CREATE FUNCTION next_number(owner uuid, of_series text) RETURNS integer LANGUAGE sql AS $$
  INSERT INTO running_number AS counter (owner_id, series, last) VALUES (owner, of_series, 1)
  ON CONFLICT (owner_id, series) DO UPDATE SET last = counter.last + 1
  RETURNING last
$$;

ALTER TABLE "run" ADD COLUMN "number" integer NOT NULL DEFAULT 0;
ALTER TABLE "model_version" ADD COLUMN "number" integer NOT NULL DEFAULT 0;

UPDATE "run" SET "number" = placed.place
FROM (SELECT id, row_number() OVER (PARTITION BY project_id ORDER BY created_at, id) AS place FROM run) placed
WHERE placed.id = run.id;
UPDATE "model_version" SET "number" = placed.place
FROM (SELECT id, row_number() OVER (PARTITION BY workspace_id, kind ORDER BY created_at, id) AS place FROM model_version) placed
WHERE placed.id = model_version.id;

INSERT INTO running_number (owner_id, series, last)
SELECT project_id, 'run', max("number") FROM run GROUP BY project_id
UNION ALL
SELECT workspace_id, kind::text, max("number") FROM model_version GROUP BY workspace_id, kind;

CREATE UNIQUE INDEX "run_project_id_number_key" ON "run" ("project_id", "number");
CREATE UNIQUE INDEX "model_version_workspace_id_kind_number_key" ON "model_version" ("workspace_id", "kind", "number");

CREATE FUNCTION number_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.number := next_number(NEW.project_id, 'run');
  RETURN NEW;
END $$;
CREATE FUNCTION number_model_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.number := next_number(NEW.workspace_id, NEW.kind::text);
  RETURN NEW;
END $$;
CREATE TRIGGER run_number BEFORE INSERT ON "run" FOR EACH ROW EXECUTE FUNCTION number_run();
CREATE TRIGGER model_version_number BEFORE INSERT ON "model_version" FOR EACH ROW EXECUTE FUNCTION number_model_version();

-- How many prompts a person asked for, where the test split holds fewer; null for evaluations of the version before.
ALTER TABLE "evaluation" ADD COLUMN "asked" integer;
