/** By this id the keys find the field in which an answer is corrected. */
export const correctionField = (question: string, place: number): string => `correct-${question}-${place}`;
