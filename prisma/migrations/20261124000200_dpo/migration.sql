-- Direct preference optimisation is a kind of run.
ALTER TYPE "run_kind" ADD VALUE 'dpo' AFTER 'rloo';
