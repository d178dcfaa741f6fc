/**
 * Why a task is passed by. `unpleasant`: rather not read; `unsure`: cannot tell; `broken`: the task itself is wrong;
 * `sensitive`: passed by while it was blurred, so that nothing of it was read. None of them is held against anybody.
 */
export const skipReasons = ["unpleasant", "unsure", "broken", "sensitive"] as const;
