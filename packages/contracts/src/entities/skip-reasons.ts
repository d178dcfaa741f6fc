/** Why a task is passed by. `unpleasant`: rather not read; `unsure`: cannot tell; `broken`: the task itself is wrong. */
export const skipReasons = ["unpleasant", "unsure", "broken"] as const;
