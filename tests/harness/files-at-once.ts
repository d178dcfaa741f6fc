/**
 * How many files of tests that use servers run side by side. Half of their time is waiting, so that two suit a machine of
 * two cores; and no more on a larger one, since some of them measure how long an answer takes.
 */
export const filesAtOnce = 2;
