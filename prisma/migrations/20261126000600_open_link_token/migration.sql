-- An open link is posted where strangers read it, so whoever made it must be able to see it again. Only open links keep
-- their token; invitations and password resets stay a hash. Links made before this have none and cannot be shown again.
ALTER TABLE "link" ADD COLUMN "token" TEXT;

ALTER TABLE "link" ADD CONSTRAINT "link_token_only_of_open" CHECK ("token" IS NULL OR "kind" = 'open');
