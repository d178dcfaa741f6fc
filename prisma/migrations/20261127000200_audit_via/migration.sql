-- How whoever did it was signed in: by a session, or by the API token of this name. Null in what was written before, and
-- where the system did it.
ALTER TABLE "audit_event" ADD COLUMN "via" TEXT, ADD COLUMN "token" TEXT;
-- Refused sign-ins of the last hour are counted before another is written: guessing must not fill the disk.
CREATE INDEX "audit_event_refused" ON "audit_event" ("workspace_id", "at") WHERE "action" = 'session.refused';
