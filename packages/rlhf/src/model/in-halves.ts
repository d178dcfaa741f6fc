/**
 * Rows of each head from pairs (0, 1), (2, 3), … to (0, s/2), (1, s/2 + 1), …: the same rotation for the other order.
 *
 * @param rows (heads · size, width); of a bias the width is 1
 */
export function inHalves(rows: Float32Array, size: number, width: number): Float32Array {
  const moved = new Float32Array(rows.length);
  for (let row = 0; row * width < rows.length; row++) {
    const channel = row % size;
    const place = row - channel + (channel % 2) * (size / 2) + Math.floor(channel / 2);
    moved.set(rows.subarray(row * width, (row + 1) * width), place * width);
  }
  return moved;
}
