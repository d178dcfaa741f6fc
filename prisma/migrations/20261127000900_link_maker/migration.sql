-- Who made a link: with their power over the workspace end the links by which others get power or a login. Of links that are
-- there already the audit tells.
ALTER TABLE "link" ADD COLUMN "created_by_id" UUID;

UPDATE "link" SET "created_by_id" = a."member_id"
FROM "audit_event" a
WHERE a."action" = 'link.created' AND a."workspace_id" = "link"."workspace_id" AND a."subject" = "link"."id"::text;
