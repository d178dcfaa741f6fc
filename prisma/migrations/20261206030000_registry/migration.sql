-- The registry: which model a project uses, since when and why, what people call a model, and models that are put away.

ALTER TABLE "model_version"
  ADD COLUMN "given_name" TEXT,
  ADD COLUMN "archived_at" TIMESTAMPTZ(3);

CREATE TABLE "model_promotion" (
  "id" UUID NOT NULL DEFAULT uuidv7(),
  "workspace_id" UUID NOT NULL,
  "project_id" UUID NOT NULL,
  "kind" "model_kind" NOT NULL,
  "model_version_id" UUID NOT NULL,
  "former_id" UUID,
  "back" BOOLEAN NOT NULL DEFAULT false,
  "cause" TEXT NOT NULL,
  "reason" TEXT NOT NULL DEFAULT '',
  "promoted_by_id" UUID,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "ended_at" TIMESTAMPTZ(3),
  CONSTRAINT "model_promotion_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "model_promotion_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id")
    REFERENCES "project"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "model_promotion_workspace_id_model_version_id_fkey" FOREIGN KEY ("workspace_id", "model_version_id")
    REFERENCES "model_version"("workspace_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  CONSTRAINT "model_promotion_workspace_id_former_id_fkey" FOREIGN KEY ("workspace_id", "former_id")
    REFERENCES "model_version"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
  CONSTRAINT "model_promotion_workspace_id_promoted_by_id_fkey" FOREIGN KEY ("workspace_id", "promoted_by_id")
    REFERENCES "member"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
-- At most one model of a kind is in use in a project.
CREATE UNIQUE INDEX "model_promotion_current" ON "model_promotion"("project_id", "kind") WHERE "ended_at" IS NULL;
CREATE INDEX "model_promotion_project_id_kind_created_at_idx" ON "model_promotion"("project_id", "kind", "created_at" DESC);
CREATE INDEX "model_promotion_model_version_id_idx" ON "model_promotion"("model_version_id");

-- Until now the newest of a project's own models was what a schedule went on from and what forms proposed: it is in use.
INSERT INTO "model_promotion" ("workspace_id", "project_id", "kind", "model_version_id", "cause", "created_at")
SELECT DISTINCT ON (v.project_id, v.kind) v.workspace_id, v.project_id, v.kind, v.id, 'newest', v.created_at
FROM model_version v JOIN project p ON p.workspace_id = v.workspace_id AND p.id = v.project_id AND p.deleted_at IS NULL
ORDER BY v.project_id, v.kind, v.id DESC;

CREATE FUNCTION "tell_model_promoted"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM webhook_event(NEW.project_id, NEW.id, 'model.promoted', NEW.created_at, jsonb_build_object(
    'modelId', NEW.model_version_id, 'kind', NEW.kind,
    'number', (SELECT v.number FROM model_version v WHERE v.id = NEW.model_version_id),
    'formerModelId', (SELECT p.model_version_id FROM model_promotion p
      WHERE p.project_id = NEW.project_id AND p.kind = NEW.kind AND p.id <> NEW.id ORDER BY p.id DESC LIMIT 1),
    'back', NEW.back, 'cause', NEW.cause));
  RETURN NULL;
END
$$;
CREATE TRIGGER tell_model_promoted AFTER INSERT ON "model_promotion" FOR EACH ROW EXECUTE FUNCTION tell_model_promoted();

-- What is left of models that were deleted: files whose bytes are yet to go.
CREATE TABLE "model_file_left" (
  "path" TEXT NOT NULL,
  "workspace_id" UUID NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "model_file_left_pkey" PRIMARY KEY ("path")
);
