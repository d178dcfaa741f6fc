/** Probabilities of the three outcomes of a comparison; they sum to 1. */
export interface OutcomeProbabilities {
  readonly win: number;
  readonly tie: number;
  readonly loss: number;
}

/**
 * Davidson (1970): tie = ν√(ab) / (a + b + ν√(ab)), a = e^{r1}, b = e^{r2}.
 * @param difference r1 − r2
 * @param nu prevalence of ties; 0 is Bradley–Terry
 */
export function davidson(difference: number, nu: number): OutcomeProbabilities {
  // Dividing through by √(ab) leaves e^{±d/2}, which is safe for any realistic difference.
  const a = Math.exp(difference / 2);
  const b = Math.exp(-difference / 2);
  const total = a + b + nu;
  return { win: a / total, tie: nu / total, loss: b / total };
}

/**
 * Rao & Kupper (1967): win = a / (a + θb), tie = (θ² − 1)ab / ((a + θb)(b + θa)).
 * @param theta width of the band in which no difference is seen, ≥ 1; 1 is Bradley–Terry
 */
export function raoKupper(difference: number, theta: number): OutcomeProbabilities {
  const win = 1 / (1 + theta * Math.exp(-difference));
  const loss = 1 / (1 + theta * Math.exp(difference));
  return { win, tie: (theta ** 2 - 1) * win * loss, loss };
}
