-- Gives these tasks of a project another number of judgements, and answers which of them it changed or found right.
--
-- Never a number below a slot that is judged or held: that no slot lies above its task's overlap is what keeps the cap,
-- so a task whose later slot is taken keeps that many. Tasks of an evaluation keep theirs, for their number belongs to
-- its plan; paused tasks stay paused unless they have all they need.
--
-- A thorough claim waits for one task while it holds another, in the order of its own walk. So whoever changes many
-- tasks passes those by that others hold, and comes back for each alone and with p_wait, holding nothing meanwhile.
CREATE FUNCTION "change_overlap"(p_tasks uuid[], p_overlap integer, p_wait boolean) RETURNS uuid[]
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_locked uuid[];
BEGIN
  -- Locked before the slots are read: each statement has its own snapshot.
  IF p_wait THEN
    v_locked := ARRAY(
      SELECT t.id FROM task t WHERE t.id = ANY (p_tasks) AND t.evaluation_id IS NULL FOR NO KEY UPDATE);
  ELSE
    v_locked := ARRAY(
      SELECT t.id FROM task t WHERE t.id = ANY (p_tasks) AND t.evaluation_id IS NULL FOR NO KEY UPDATE SKIP LOCKED);
  END IF;
  UPDATE task t SET
    overlap = greatest(p_overlap, s.highest),
    state = CASE
      WHEN s.taken >= greatest(p_overlap, s.highest) THEN 'full'::task_state
      WHEN t.state = 'full' THEN 'open'::task_state
      ELSE t.state
    END
  FROM (
    SELECT k.id, count(l.id)::integer AS taken, coalesce(max(l.slot), 0)::integer AS highest
    FROM unnest(v_locked) k(id) LEFT JOIN lease l ON l.task_id = k.id AND l.state IN ('held', 'judged')
    GROUP BY k.id) s
  WHERE s.id = t.id;
  RETURN v_locked;
END
$$;
