-- People may join by name alone where an open link says so: without a login, and back on another device by a code, of which
-- the hash is kept. Such a member is an annotator and can be nothing else.
ALTER TABLE "link" ADD COLUMN "name_alone" BOOLEAN NOT NULL DEFAULT false,
  ADD CONSTRAINT "link_name_alone_only_of_open" CHECK (NOT "name_alone" OR ("kind" = 'open' AND "role" = 'annotator'));

ALTER TABLE "member" ADD COLUMN "return_hash" TEXT;
CREATE UNIQUE INDEX "member_return_hash_key" ON "member"("return_hash");
ALTER TABLE "member" ADD CONSTRAINT "member_by_name_is_annotator" CHECK (
  "return_hash" IS NULL OR ("kind" = 'person' AND "user_id" IS NULL AND "role" = 'annotator'));
