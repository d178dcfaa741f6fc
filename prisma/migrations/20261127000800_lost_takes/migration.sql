-- A run whose workers die one after the other, as where it needs more memory than they have, ends with that reason: counted
-- are takes in a row that ended so and left nothing to go on from. One that was put back for a reason, as where the disk is
-- full, rests until "not_before".
ALTER TABLE "run"
  ADD COLUMN "lost_takes" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "taken_at_step" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "not_before" TIMESTAMPTZ(3);
