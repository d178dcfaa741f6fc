/** Central differences of a scalar function, one a coordinate: what a gradient must agree with. */
export function centralDifferences(f: (x: readonly number[]) => number, at: readonly number[], step = 1e-2): number[] {
  return at.map((_, i) => {
    const moved = (by: number) => f(at.map((value, j) => (i === j ? value + by : value)));
    return (moved(step) - moved(-step)) / (2 * step);
  });
}
