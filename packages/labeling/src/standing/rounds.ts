/**
 * Who meets whom, as places, in the rounds of a tournament: in each round everybody meets at most one other, and over all
 * rounds every two meet exactly once (the circle method). With an odd number one sits out in turn.
 *
 * @param count how many there are, at least 2.
 */
export function roundsOf(count: number): readonly (readonly (readonly [number, number])[])[] {
  const seats = count + (count % 2);
  const turning = seats - 1;
  return Array.from({ length: turning }, (_, round) => {
    const seated = (place: number) => (place === 0 ? turning : (round + place) % turning);
    return Array.from({ length: seats / 2 }, (_, place) => {
      const pair: [number, number] = [seated(place), seated(seats - 1 - place)];
      return pair[0] < pair[1] ? pair : ([pair[1], pair[0]] as const);
    }).filter(([, last]) => last < count);
  });
}
