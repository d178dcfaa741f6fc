-- One loop of an annotator as the API runs it: a judgement, and with it the next task, in one function of
-- prisma/migrations. Each client is an annotator of its own and keeps the lease that it was given last.
\if :started = 0
SELECT id AS member FROM member WHERE workspace_id = :workspace::uuid AND name = 'A' || :client_id::text \gset
SELECT id AS questionnaire FROM questionnaire WHERE project_id = :project::uuid AND name = 'preference' \gset
SELECT tasks -> 0 -> 'lease' ->> 'id' AS lease, tasks -> 0 -> 'lease' ->> 'token' AS token
FROM claim_tasks(:workspace::uuid, :project::uuid, :member::uuid, 1, false) \gset
\set started 1
\endif
SELECT outcome, judgement_id, surplus, next, today, project_id, project_tally(project_id, :member::uuid) AS here,
  next -> 'lease' ->> 'id' AS lease, next -> 'lease' ->> 'token' AS token
FROM submit_judgement(
  :workspace::uuid, :member::uuid, :lease::uuid, :token, gen_random_uuid(), repeat('0', 64),
  '{"choice": "graded", "step": 2}'::jsonb, :questionnaire::uuid, false, '',
  '{"visibleMs": 4000, "activeMs": 3000, "firstScrollMs": null}'::jsonb,
  '{"locale": "en", "viewport": "1280x800", "input": "keyboard"}'::jsonb) \gset
