import { z } from "zod";

/** A task shows so many answers at most: each can be meant by typing a digit. */
export const mostAnswers = 9;

/** Which of the answers that a task shows, in the order SHOWN, counted from 0. */
export const Place = z
  .number()
  .int()
  .min(0)
  .max(mostAnswers - 1);
