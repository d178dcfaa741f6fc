-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "role" AS ENUM ('admin', 'researcher', 'reviewer', 'annotator');

-- CreateEnum
CREATE TYPE "member_kind" AS ENUM ('person', 'imported', 'simulated');

-- CreateEnum
CREATE TYPE "link_kind" AS ENUM ('invitation', 'password-reset', 'open');

-- CreateEnum
CREATE TYPE "project_state" AS ENUM ('active', 'paused', 'archived');

-- CreateEnum
CREATE TYPE "question_kind" AS ENUM ('preference', 'rating');

-- CreateEnum
CREATE TYPE "split" AS ENUM ('train', 'validation', 'test');

-- CreateEnum
CREATE TYPE "task_state" AS ENUM ('open', 'full', 'paused');

-- CreateEnum
CREATE TYPE "lease_state" AS ENUM ('held', 'judged', 'skipped', 'released', 'expired', 'surplus');

-- CreateEnum
CREATE TYPE "judgement_kind" AS ENUM ('answer', 'retraction');

-- CreateEnum
CREATE TYPE "run_state" AS ENUM ('waiting', 'queued', 'running', 'succeeded', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "capability" AS ENUM ('cpu', 'gpu');

-- CreateEnum
CREATE TYPE "run_kind" AS ENUM ('pretrain', 'sft', 'reward', 'ilql', 'rloo', 'generate', 'simulate');

-- CreateEnum
CREATE TYPE "model_kind" AS ENUM ('policy', 'reward');

-- CreateEnum
CREATE TYPE "evaluation_state" AS ENUM ('generating', 'judging', 'done');

-- CreateEnum
CREATE TYPE "preset" AS ENUM ('article', 'preference');

-- CreateTable
CREATE TABLE "workspace" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "email" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspace_id" UUID NOT NULL,
    "user_id" UUID,
    "kind" "member_kind" NOT NULL DEFAULT 'person',
    "role" "role" NOT NULL,
    "name" TEXT NOT NULL,
    "external_id" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "disabled_at" TIMESTAMPTZ(3),
    "consented_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project_access" (
    "workspace_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,

    CONSTRAINT "project_access_pkey" PRIMARY KEY ("project_id","member_id")
);

-- CreateTable
CREATE TABLE "session" (
    "hash" TEXT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "csrf_token" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspace_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "link" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspace_id" UUID NOT NULL,
    "kind" "link_kind" NOT NULL,
    "role" "role" NOT NULL,
    "project_id" UUID,
    "member_id" UUID,
    "hash" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "consent" TEXT,
    "capacity" INTEGER NOT NULL DEFAULT 1,
    "used" INTEGER NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "state" "project_state" NOT NULL DEFAULT 'active',
    "overlap" INTEGER NOT NULL DEFAULT 3,
    "lease_seconds" INTEGER NOT NULL DEFAULT 900,
    "practice" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "guideline" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspace_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "guideline_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "question" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspace_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "kind" "question_kind" NOT NULL,
    "title" TEXT NOT NULL,

    CONSTRAINT "question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspace_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "member_id" UUID,
    "format" TEXT NOT NULL,
    "file_name" TEXT,
    "mapping" JSONB,
    "counts" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prompt" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspace_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "messages" JSONB NOT NULL,
    "language" TEXT,
    "source_text" TEXT,
    "cluster" TEXT NOT NULL,
    "split" "split" NOT NULL,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "prompt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "completion" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspace_id" UUID NOT NULL,
    "prompt_id" UUID NOT NULL,
    "text" TEXT,
    "model_version_id" UUID,
    "run_id" UUID,
    "sampling" JSONB,
    "seed" INTEGER,
    "finish_reason" TEXT,
    "key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "completion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspace_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "question_id" UUID NOT NULL,
    "prompt_id" UUID NOT NULL,
    "evaluation_id" UUID,
    "completion_ids" UUID[],
    "overlap" INTEGER NOT NULL,
    "state" "task_state" NOT NULL DEFAULT 'open',
    "batch" INTEGER NOT NULL DEFAULT 100,
    "sort_key" DOUBLE PRECISION NOT NULL DEFAULT random(),
    "reason" TEXT NOT NULL DEFAULT 'import',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lease" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspace_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "slot" SMALLINT NOT NULL,
    "token" TEXT NOT NULL,
    "state" "lease_state" NOT NULL DEFAULT 'held',
    "shown_order" SMALLINT[],
    "guideline_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "lease_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cursor" (
    "member_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "batch" INTEGER NOT NULL,
    "sort_key" DOUBLE PRECISION NOT NULL,
    "rest_until" TIMESTAMPTZ(3) NOT NULL DEFAULT '-infinity'::timestamptz,

    CONSTRAINT "cursor_pkey" PRIMARY KEY ("member_id","project_id","batch")
);

-- CreateTable
CREATE TABLE "tally" (
    "member_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "today" INTEGER NOT NULL,
    "total" INTEGER NOT NULL,

    CONSTRAINT "tally_pkey" PRIMARY KEY ("member_id","project_id")
);

-- CreateTable
CREATE TABLE "judgement" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspace_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "lease_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "guideline_id" UUID NOT NULL,
    "kind" "judgement_kind" NOT NULL DEFAULT 'answer',
    "supersedes_id" UUID,
    "answer" JSONB,
    "shown_order" SMALLINT[],
    "surplus" BOOLEAN NOT NULL DEFAULT false,
    "repeat" BOOLEAN NOT NULL DEFAULT false,
    "flagged" BOOLEAN NOT NULL DEFAULT false,
    "comment" TEXT NOT NULL DEFAULT '',
    "timings" JSONB,
    "client" JSONB,
    "source" "member_kind" NOT NULL DEFAULT 'person',
    "idempotency_key" UUID NOT NULL,
    "body_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "judgement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journal" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "workspace_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "lease_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "event" TEXT NOT NULL,

    CONSTRAINT "journal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "label_set" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspace_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "includes_simulated" BOOLEAN NOT NULL,
    "counts" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "label_set_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "label_set_item" (
    "workspace_id" UUID NOT NULL,
    "label_set_id" UUID NOT NULL,
    "judgement_id" UUID NOT NULL,

    CONSTRAINT "label_set_item_pkey" PRIMARY KEY ("label_set_id","judgement_id")
);

-- CreateTable
CREATE TABLE "run" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspace_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "kind" "run_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "state" "run_state" NOT NULL DEFAULT 'queued',
    "spec" JSONB NOT NULL,
    "seed" INTEGER NOT NULL,
    "capability" "capability" NOT NULL DEFAULT 'cpu',
    "fencing_token" INTEGER NOT NULL DEFAULT 0,
    "step" INTEGER NOT NULL DEFAULT 0,
    "total_steps" INTEGER,
    "seconds_left" DOUBLE PRECISION,
    "engine" JSONB,
    "error" JSONB,
    "alerts" JSONB NOT NULL DEFAULT '[]',
    "cancel_asked" BOOLEAN NOT NULL DEFAULT false,
    "includes_simulated" BOOLEAN NOT NULL DEFAULT false,
    "waits_for_id" UUID,
    "policy_id" UUID,
    "policy_run_id" UUID,
    "reward_id" UUID,
    "reward_run_id" UUID,
    "label_set_id" UUID,
    "evaluation_id" UUID,
    "requested_by_id" UUID,
    "heartbeat_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "metric" (
    "workspace_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "step" INTEGER NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "metric_pkey" PRIMARY KEY ("run_id","name","step")
);

-- CreateTable
CREATE TABLE "checkpoint" (
    "workspace_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "step" INTEGER NOT NULL,
    "fencing_token" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "checkpoint_pkey" PRIMARY KEY ("run_id","step","fencing_token")
);

-- CreateTable
CREATE TABLE "model_version" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspace_id" UUID NOT NULL,
    "project_id" UUID,
    "kind" "model_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "practice" BOOLEAN NOT NULL DEFAULT false,
    "parent_id" UUID,
    "reward_id" UUID,
    "run_id" UUID,
    "label_set_id" UUID,
    "files" JSONB NOT NULL,
    "sha256" TEXT NOT NULL,
    "parameters" INTEGER NOT NULL,
    "tokenizer_sha256" TEXT,
    "fingerprint" TEXT,
    "spec" JSONB NOT NULL,
    "metrics" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evaluation" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspace_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "candidate_id" UUID,
    "candidate_run_id" UUID,
    "baseline_id" UUID NOT NULL,
    "state" "evaluation_state" NOT NULL DEFAULT 'generating',
    "prompts" INTEGER NOT NULL,
    "overlap" INTEGER NOT NULL,
    "seed" INTEGER NOT NULL,
    "margin" DOUBLE PRECISION NOT NULL DEFAULT 0.05,
    "identical" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "evaluation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "schedule" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspace_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "preset" "preset" NOT NULL,
    "trigger" JSONB NOT NULL,
    "scope" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "includes_simulated" BOOLEAN NOT NULL DEFAULT false,
    "fired_at_count" INTEGER NOT NULL DEFAULT 0,
    "last_fired_at" TIMESTAMPTZ(3),
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "schedule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "workspace_id" UUID NOT NULL,
    "member_id" UUID,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workspace_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "events" TEXT[],
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "member_workspace_id_id_key" ON "member"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "member_workspace_id_user_id_key" ON "member"("workspace_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "member_workspace_id_kind_external_id_key" ON "member"("workspace_id", "kind", "external_id");

-- CreateIndex
CREATE INDEX "session_member_id_idx" ON "session"("member_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_hash_key" ON "api_token"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "link_hash_key" ON "link"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "project_workspace_id_id_key" ON "project"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "guideline_project_id_version_key" ON "guideline"("project_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "guideline_workspace_id_id_key" ON "guideline"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "question_project_id_kind_key" ON "question"("project_id", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "question_workspace_id_id_key" ON "question"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "prompt_project_id_hash_key" ON "prompt"("project_id", "hash");

-- CreateIndex
CREATE UNIQUE INDEX "prompt_workspace_id_id_key" ON "prompt"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "completion_model_version_id_idx" ON "completion"("model_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "completion_prompt_id_key_key" ON "completion"("prompt_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "completion_workspace_id_id_key" ON "completion"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "task_evaluation_id_idx" ON "task"("evaluation_id");

-- CreateIndex
CREATE UNIQUE INDEX "task_workspace_id_id_key" ON "task"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "lease_workspace_id_id_key" ON "lease"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "judgement_supersedes_id_key" ON "judgement"("supersedes_id");

-- CreateIndex
CREATE INDEX "judgement_project_id_created_at_id_idx" ON "judgement"("project_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "judgement_task_id_idx" ON "judgement"("task_id");

-- CreateIndex
CREATE INDEX "judgement_lease_id_idx" ON "judgement"("lease_id");

-- CreateIndex
CREATE UNIQUE INDEX "judgement_workspace_id_id_key" ON "judgement"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "judgement_member_id_idempotency_key_key" ON "judgement"("member_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "journal_task_id_idx" ON "journal"("task_id");

-- CreateIndex
CREATE UNIQUE INDEX "label_set_workspace_id_id_key" ON "label_set"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "label_set_item_judgement_id_idx" ON "label_set_item"("judgement_id");

-- CreateIndex
CREATE INDEX "run_project_id_created_at_idx" ON "run"("project_id", "created_at");

-- CreateIndex
CREATE INDEX "run_waits_for_id_idx" ON "run"("waits_for_id");

-- CreateIndex
CREATE UNIQUE INDEX "run_workspace_id_id_key" ON "run"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "model_version_run_id_key" ON "model_version"("run_id");

-- CreateIndex
CREATE UNIQUE INDEX "model_version_workspace_id_id_key" ON "model_version"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "evaluation_workspace_id_id_key" ON "evaluation"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "audit_event_workspace_id_id_idx" ON "audit_event"("workspace_id", "id");

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_access" ADD CONSTRAINT "project_access_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_access" ADD CONSTRAINT "project_access_workspace_id_member_id_fkey" FOREIGN KEY ("workspace_id", "member_id") REFERENCES "member"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_workspace_id_member_id_fkey" FOREIGN KEY ("workspace_id", "member_id") REFERENCES "member"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_workspace_id_member_id_fkey" FOREIGN KEY ("workspace_id", "member_id") REFERENCES "member"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "link" ADD CONSTRAINT "link_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "project" ADD CONSTRAINT "project_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guideline" ADD CONSTRAINT "guideline_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "question" ADD CONSTRAINT "question_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import" ADD CONSTRAINT "import_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt" ADD CONSTRAINT "prompt_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "completion" ADD CONSTRAINT "completion_workspace_id_prompt_id_fkey" FOREIGN KEY ("workspace_id", "prompt_id") REFERENCES "prompt"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "completion" ADD CONSTRAINT "completion_workspace_id_model_version_id_fkey" FOREIGN KEY ("workspace_id", "model_version_id") REFERENCES "model_version"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_workspace_id_question_id_fkey" FOREIGN KEY ("workspace_id", "question_id") REFERENCES "question"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_workspace_id_prompt_id_fkey" FOREIGN KEY ("workspace_id", "prompt_id") REFERENCES "prompt"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_workspace_id_evaluation_id_fkey" FOREIGN KEY ("workspace_id", "evaluation_id") REFERENCES "evaluation"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "lease" ADD CONSTRAINT "lease_workspace_id_task_id_fkey" FOREIGN KEY ("workspace_id", "task_id") REFERENCES "task"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lease" ADD CONSTRAINT "lease_workspace_id_member_id_fkey" FOREIGN KEY ("workspace_id", "member_id") REFERENCES "member"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lease" ADD CONSTRAINT "lease_workspace_id_guideline_id_fkey" FOREIGN KEY ("workspace_id", "guideline_id") REFERENCES "guideline"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "judgement" ADD CONSTRAINT "judgement_workspace_id_task_id_fkey" FOREIGN KEY ("workspace_id", "task_id") REFERENCES "task"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "judgement" ADD CONSTRAINT "judgement_workspace_id_member_id_fkey" FOREIGN KEY ("workspace_id", "member_id") REFERENCES "member"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "judgement" ADD CONSTRAINT "judgement_workspace_id_lease_id_fkey" FOREIGN KEY ("workspace_id", "lease_id") REFERENCES "lease"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "judgement" ADD CONSTRAINT "judgement_workspace_id_guideline_id_fkey" FOREIGN KEY ("workspace_id", "guideline_id") REFERENCES "guideline"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "judgement" ADD CONSTRAINT "judgement_supersedes_id_fkey" FOREIGN KEY ("supersedes_id") REFERENCES "judgement"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "label_set" ADD CONSTRAINT "label_set_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "label_set_item" ADD CONSTRAINT "label_set_item_workspace_id_label_set_id_fkey" FOREIGN KEY ("workspace_id", "label_set_id") REFERENCES "label_set"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "label_set_item" ADD CONSTRAINT "label_set_item_workspace_id_judgement_id_fkey" FOREIGN KEY ("workspace_id", "judgement_id") REFERENCES "judgement"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_workspace_id_label_set_id_fkey" FOREIGN KEY ("workspace_id", "label_set_id") REFERENCES "label_set"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_workspace_id_evaluation_id_fkey" FOREIGN KEY ("workspace_id", "evaluation_id") REFERENCES "evaluation"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_waits_for_id_fkey" FOREIGN KEY ("waits_for_id") REFERENCES "run"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "metric" ADD CONSTRAINT "metric_workspace_id_run_id_fkey" FOREIGN KEY ("workspace_id", "run_id") REFERENCES "run"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "checkpoint" ADD CONSTRAINT "checkpoint_workspace_id_run_id_fkey" FOREIGN KEY ("workspace_id", "run_id") REFERENCES "run"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model_version" ADD CONSTRAINT "model_version_workspace_id_run_id_fkey" FOREIGN KEY ("workspace_id", "run_id") REFERENCES "run"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "model_version" ADD CONSTRAINT "model_version_workspace_id_label_set_id_fkey" FOREIGN KEY ("workspace_id", "label_set_id") REFERENCES "label_set"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "model_version" ADD CONSTRAINT "model_version_workspace_id_parent_id_fkey" FOREIGN KEY ("workspace_id", "parent_id") REFERENCES "model_version"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "model_version" ADD CONSTRAINT "model_version_workspace_id_reward_id_fkey" FOREIGN KEY ("workspace_id", "reward_id") REFERENCES "model_version"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "evaluation" ADD CONSTRAINT "evaluation_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule" ADD CONSTRAINT "schedule_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot say ---------------------------------------------------------------------------------------------

-- The cap. A slot is taken while its lease is held or judged; the lease itself is what counts, so it cannot drift.
CREATE UNIQUE INDEX "lease_slot" ON "lease"("task_id", "slot") WHERE "state" IN ('held', 'judged');
-- A task never comes back to someone who holds, judged or skipped it. Released and expired ones may.
CREATE UNIQUE INDEX "lease_member_task" ON "lease"("member_id", "task_id")
  WHERE "state" IN ('held', 'judged', 'skipped', 'surplus');
-- The leases a member still holds.
CREATE INDEX "lease_held" ON "lease"("member_id", "project_id") WHERE "state" = 'held';
CREATE INDEX "lease_expiry" ON "lease"("expires_at") WHERE "state" = 'held';
-- The claim walks this and nothing else. Its predicate is a state and not a counter, so that taking a slot that is not
-- the last leaves the task's row untouched.
CREATE INDEX "task_open" ON "task"("project_id", "batch", "sort_key") WHERE "state" = 'open';
-- Figures and progress; index-only.
CREATE INDEX "task_progress" ON "task"("project_id", "state") INCLUDE ("overlap");

ALTER TABLE "project"
  ADD CONSTRAINT "project_overlap_range" CHECK ("overlap" BETWEEN 1 AND 100),
  ADD CONSTRAINT "project_lease_seconds_range" CHECK ("lease_seconds" BETWEEN 1 AND 86400);
ALTER TABLE "task"
  ADD CONSTRAINT "task_overlap_range" CHECK ("overlap" >= 1),
  ADD CONSTRAINT "task_has_completions" CHECK (cardinality("completion_ids") >= 1);
ALTER TABLE "lease"
  ADD CONSTRAINT "lease_slot_range" CHECK ("slot" >= 1),
  ADD CONSTRAINT "lease_token_length" CHECK (length("token") >= 16);
ALTER TABLE "link"
  ADD CONSTRAINT "link_used_range" CHECK ("used" BETWEEN 0 AND "capacity");
ALTER TABLE "guideline"
  ADD CONSTRAINT "guideline_version_range" CHECK ("version" >= 1);
ALTER TABLE "evaluation"
  ADD CONSTRAINT "evaluation_ranges" CHECK ("overlap" >= 1 AND "prompts" >= 1 AND "margin" BETWEEN 0 AND 0.5);
ALTER TABLE "member"
  ADD CONSTRAINT "member_kind_has_user" CHECK ("kind" = 'person' OR "user_id" IS NULL);
ALTER TABLE "tally"
  ADD CONSTRAINT "tally_range" CHECK ("today" >= 0 AND "total" >= 0);
-- An answer is one of contracts' shapes; a retraction has none and names what it takes back.
ALTER TABLE "judgement"
  ADD CONSTRAINT "judgement_kind_fits" CHECK (
    ("kind" = 'answer' AND "answer" IS NOT NULL)
    OR ("kind" = 'retraction' AND "answer" IS NULL AND "supersedes_id" IS NOT NULL)
  ),
  ADD CONSTRAINT "judgement_answer_shape" CHECK (
    "answer" IS NULL
    OR coalesce(
      CASE "answer" ->> 'choice'
        WHEN 'graded' THEN ("answer" ->> 'step') IN ('1', '2', '3', '4', '5', '6', '7')
        WHEN 'both-bad' THEN true
        WHEN 'rated' THEN ("answer" ->> 'score') IN ('1', '2', '3', '4', '5')
      END,
      false
    )
  );

-- Append-only: what was said stays said.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "judgement" EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "journal" EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "label_set" EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "label_set_item" EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_event" EXECUTE FUNCTION "refuse_change"();

-- Judgements that count: answers that nothing supersedes, within the cap, not repeats. Learning, exports and figures
-- read this and never the table.
CREATE VIEW "effective_judgement" AS
SELECT
  j."id", j."workspace_id", j."project_id", j."task_id", j."lease_id", j."member_id", j."guideline_id", j."answer",
  j."shown_order", j."flagged", j."comment", j."timings", j."client", j."source", j."created_at",
  m."kind" AS "member_kind", coalesce(m."external_id", m."id"::text) AS "annotator",
  q."kind" AS "question_kind", t."question_id", t."prompt_id", t."completion_ids", t."evaluation_id"
FROM "judgement" j
JOIN "task" t ON t."id" = j."task_id"
JOIN "question" q ON q."id" = t."question_id"
JOIN "member" m ON m."id" = j."member_id"
WHERE j."kind" = 'answer' AND NOT j."surplus" AND NOT j."repeat"
  AND NOT EXISTS (SELECT FROM "judgement" s WHERE s."supersedes_id" = j."id");

-- Room in each page for HOT updates, and a vacuum that keeps up with rows that change state all day.
ALTER TABLE "task" SET (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500,
  autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE "lease" SET (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500,
  autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE "cursor" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
ALTER TABLE "tally" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
ALTER TABLE "outbox" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
