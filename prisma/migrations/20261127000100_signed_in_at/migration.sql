-- Whoever belongs to several workspaces and names none at sign-in goes where they were last.
ALTER TABLE "member" ADD COLUMN "signed_in_at" TIMESTAMPTZ(3);
UPDATE "member" m SET "signed_in_at" = s."at"
FROM (SELECT "member_id", max("created_at") AS "at" FROM "session" GROUP BY "member_id") s
WHERE s."member_id" = m."id";
