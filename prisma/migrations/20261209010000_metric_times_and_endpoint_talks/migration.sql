-- When each point of a curve was drawn, so that runs can be compared by the time that they take. Points from before have none:
-- without a default in the first statement, none is made up for them.
ALTER TABLE metric ADD COLUMN at timestamptz(3);
ALTER TABLE metric ALTER COLUMN at SET DEFAULT now();

-- Who is talked to in the playground behind an address: for the limits that runs and talks keep together. Nothing of what is said.
CREATE TABLE "endpoint_talk" (
  "id" UUID NOT NULL DEFAULT uuidv7(),
  "workspace_id" UUID NOT NULL,
  "endpoint_id" UUID NOT NULL,
  "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
  "ended_at" TIMESTAMPTZ(3),
  CONSTRAINT "endpoint_talk_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "endpoint_talk_workspace_id_endpoint_id_fkey" FOREIGN KEY ("workspace_id", "endpoint_id")
    REFERENCES "endpoint"("workspace_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION
);
CREATE INDEX "endpoint_talk_recent" ON "endpoint_talk"("endpoint_id", "asked_at");
