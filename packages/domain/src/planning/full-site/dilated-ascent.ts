/** A concave function to be raised: its value at a point, with a gradient written into the second argument. */
export type Raised = (point: Float64Array, gradient: Float64Array) => number

/** How much a direction is shortened in which the gradient has turned, and how steps grow while they keep going up. */
const DILATION = 3
const LONGER = 1.1
const PATIENCE = 3
const HAIR = 1e-9

/** Columns are directions, each of them as long as steps in it are to be. */
type Space = readonly Float64Array[]

const along = (space: Space, gradient: Float64Array): Float64Array => {
  const seen = new Float64Array(gradient.length)
  for (const [row, own] of space.entries()) for (let at = 0; at < own.length; at++) seen[at]! += own[at]! * gradient[row]!
  return seen
}

const normed = (vector: Float64Array): Float64Array | undefined => {
  const length = Math.hypot(...vector)
  return length < HAIR ? undefined : vector.map((value) => value / length)
}

/** The steepest way up as the space has it. */
const wayUp = (space: Space, gradient: Float64Array): Float64Array | undefined => {
  const seen = normed(along(space, gradient))
  return seen && Float64Array.from(space, (row) => row.reduce((sum, value, at) => sum + value * seen[at]!, 0))
}

/** Shortens the space in the direction in which two gradients differ: there is a crease, and steps across it lead nowhere. */
const dilate = (space: Space, change: Float64Array): void => {
  const seen = normed(along(space, change))
  if (!seen) return
  for (const row of space) {
    const part = (1 / DILATION - 1) * row.reduce((sum, value, at) => sum + value * seen[at]!, 0)
    for (let at = 0; at < row.length; at++) row[at]! += part * seen[at]!
  }
}

/**
 * Goes up a concave function with creases, of few variables, by subgradients with dilation of space (Shor's r-algorithm, 1971): no
 * programme of any kind is solved inside. The caller keeps the best point that it saw.
 * @param point begins there, changed in place
 * @param goesOn asked after each value
 */
export const dilatedAscent = (
  raised: Raised,
  point: Float64Array,
  { step, goesOn }: { readonly step: number; readonly goesOn: () => boolean },
): void => {
  const space = Array.from(point, (_, row) => new Float64Array(point.length).fill(1, row, row + 1))
  let [gradient, next, length] = [new Float64Array(point.length), new Float64Array(point.length), step]
  raised(point, gradient)
  while (goesOn()) {
    const way = wayUp(space, gradient)
    if (!way) return
    for (let steps = 1; ; steps++) {
      for (let at = 0; at < point.length; at++) point[at]! += length * way[at]!
      raised(point, next)
      if (!goesOn()) return
      if (next.reduce((sum, value, at) => sum + value * way[at]!, 0) <= 0) break
      if (steps % PATIENCE === 0) length *= LONGER
    }
    dilate(
      space,
      next.map((value, at) => value - gradient[at]!),
    )
    ;[gradient, next] = [next, gradient]
  }
}
