-- Endpoints: addresses with an OpenAI-compatible API whose model answers a project's prompts (docs/endpoints.md).

CREATE TABLE "endpoint" (
  "id" uuid NOT NULL DEFAULT uuidv7(),
  "workspace_id" uuid NOT NULL,
  "name" text NOT NULL,
  "base_url" text NOT NULL,
  "model" text NOT NULL,
  -- Sealed with a key that is derived from the installation's secret; null where the address wants none.
  "sealed_key" text,
  -- Contracts' EndpointLimits, EndpointDialect and EndpointSampling.
  "limits" jsonb NOT NULL,
  "dialect" jsonb NOT NULL,
  "sampling" jsonb NOT NULL,
  -- What was spent, and the most that calls under way can cost. A call whose end nobody learned stays counted with that.
  "spent_tokens" double precision NOT NULL DEFAULT 0,
  "spent_money" double precision NOT NULL DEFAULT 0,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "endpoint_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "endpoint_workspace_id_id_key" ON "endpoint"("workspace_id", "id");
CREATE UNIQUE INDEX "endpoint_workspace_id_name_key" ON "endpoint"("workspace_id", "name");
ALTER TABLE "endpoint" ADD CONSTRAINT "endpoint_workspace_id_fkey"
  FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Whose model answers, where it is no policy of ours.
ALTER TABLE "run" ADD COLUMN "endpoint_id" uuid;
ALTER TABLE "run" ADD CONSTRAINT "run_workspace_id_endpoint_id_fkey"
  FOREIGN KEY ("workspace_id", "endpoint_id") REFERENCES "endpoint"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
CREATE INDEX "run_endpoint_id_idx" ON "run"("endpoint_id");

-- Each time that an endpoint is asked: written before it is, and again when it has answered, so that whoever goes on after
-- a worker's death asks nothing again but what was under way.
CREATE TABLE "endpoint_call" (
  "workspace_id" uuid NOT NULL,
  "run_id" uuid NOT NULL,
  "prompt_id" uuid NOT NULL,
  -- Which of the prompt's answers, from 0.
  "place" smallint NOT NULL,
  -- From 1; one more each time that the same is asked.
  "attempt" smallint NOT NULL,
  "endpoint_id" uuid,
  -- asked: under way. again: no answer, and to be asked again. failed: given up. lost: its worker died, and nobody knows
  -- what became of it.
  "state" text NOT NULL DEFAULT 'asked',
  "seed" integer NOT NULL,
  -- The most that it can cost.
  "reserved_tokens" double precision NOT NULL,
  "reserved_money" double precision NOT NULL,
  -- Whether that is all that is known of its cost.
  "cost_unknown" boolean NOT NULL DEFAULT true,
  "asked_at" timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  "ended_at" timestamptz(3),
  "status" integer,
  -- Why there is no answer: contracts' AskingReason, with its values.
  "reason" text,
  "reason_values" jsonb,
  -- Until the run ends: then it is a completion.
  "text" text,
  "finish_reason" text,
  "prompt_tokens" integer,
  "answer_tokens" integer,
  CONSTRAINT "endpoint_call_pkey" PRIMARY KEY ("run_id", "prompt_id", "place", "attempt"),
  CONSTRAINT "endpoint_call_state" CHECK ("state" IN ('asked', 'answered', 'again', 'failed', 'lost'))
);
CREATE INDEX "endpoint_call_recent" ON "endpoint_call"("endpoint_id", "asked_at");
CREATE INDEX "endpoint_call_under_way" ON "endpoint_call"("endpoint_id") WHERE "state" = 'asked';
CREATE INDEX "endpoint_call_prompt_id_idx" ON "endpoint_call"("prompt_id");
ALTER TABLE "endpoint_call" ADD CONSTRAINT "endpoint_call_workspace_id_run_id_fkey"
  FOREIGN KEY ("workspace_id", "run_id") REFERENCES "run"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "endpoint_call" ADD CONSTRAINT "endpoint_call_workspace_id_prompt_id_fkey"
  FOREIGN KEY ("workspace_id", "prompt_id") REFERENCES "prompt"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "endpoint_call" ADD CONSTRAINT "endpoint_call_workspace_id_endpoint_id_fkey"
  FOREIGN KEY ("workspace_id", "endpoint_id") REFERENCES "endpoint"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
