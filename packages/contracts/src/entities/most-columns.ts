/** The longest path of a column that a mapping names, in UTF-16 units. */
export const longestPath = 100;

/** How many columns can be something of a row; whatever has no number here is one column, or as many as something else. */
export const mostColumns = {
  prompt: 5,
  turn: 50,
  answer: 50,
  vote: 50,
  aspect: 10,
  media: 20,
  metadata: 200,
  /** Left out on purpose; of more the receipt goes on warning. */
  unused: 200,
} as const;
