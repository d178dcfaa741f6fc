/**
 * The inverse of a symmetric positive definite matrix, by Gauss–Jordan without pivoting, which such a matrix does not need.
 *
 * @throws RangeError when the matrix is not positive definite.
 */
export function inverseOf(matrix: readonly Float64Array[]): Float64Array[] {
  const size = matrix.length;
  const rows = matrix.map((row, index) => {
    const wide = new Float64Array(2 * size);
    wide.set(row);
    wide[size + index] = 1;
    return wide;
  });
  for (const [column, pivotRow] of rows.entries()) {
    const pivot = pivotRow[column] ?? 0;
    if (!(pivot > 0)) throw new RangeError("The matrix is not positive definite.");
    for (let cell = 0; cell < 2 * size; cell++) pivotRow[cell] = (pivotRow[cell] ?? 0) / pivot;
    for (const [index, row] of rows.entries()) {
      const factor = row[column] ?? 0;
      if (index === column || factor === 0) continue;
      for (let cell = column; cell < 2 * size; cell++) {
        row[cell] = (row[cell] ?? 0) - factor * (pivotRow[cell] ?? 0);
      }
    }
  }
  return rows.map((row) => row.slice(size));
}

/** Matrix times vector. */
export function times(matrix: readonly Float64Array[], vector: Float64Array): Float64Array {
  return Float64Array.from(matrix, (row) => row.reduce((sum, value, index) => sum + value * (vector[index] ?? 0), 0));
}
