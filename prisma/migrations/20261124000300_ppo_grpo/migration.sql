-- Proximal and group-relative policy optimisation are kinds of runs.
ALTER TYPE "run_kind" ADD VALUE 'grpo' BEFORE 'dpo';
ALTER TYPE "run_kind" ADD VALUE 'ppo' BEFORE 'dpo';
