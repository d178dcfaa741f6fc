-- Bringing a model of others is a kind of run: a worker reads its files, and publishes it like any other model.
ALTER TYPE "run_kind" ADD VALUE 'import';
