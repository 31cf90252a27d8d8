export interface Point {
  readonly x: number
  readonly y: number
}
export interface Group<Item> {
  readonly items: readonly Item[]
}

/** A group, and the box around its items; its pin stands in the middle. */
interface Boxed<Item> {
  readonly items: readonly Item[]
  readonly least: Point
  readonly most: Point
}

const middleOf = ({ least, most }: Boxed<unknown>): Point => ({ x: (least.x + most.x) / 2, y: (least.y + most.y) / 2 })

const together = <Item>(a: Boxed<Item>, b: Boxed<Item>): Boxed<Item> => ({
  items: [...a.items, ...b.items],
  least: { x: Math.min(a.least.x, b.least.x), y: Math.min(a.least.y, b.least.y) },
  most: { x: Math.max(a.most.x, b.most.x), y: Math.max(a.most.y, b.most.y) },
})

/** Items whose pins would cover each other, grouped by who comes first; `x` and `y` are pixels on the screen. No two groups' middles are that near. */
export const groupSites = <Item>(
  items: readonly Item[],
  at: (item: Item) => Point,
  { width, height }: { readonly width: number; readonly height: number },
): readonly Group<Item>[] => {
  const groups: Boxed<Item>[] = []
  for (const item of items) {
    let own: Boxed<Item> = { items: [item], least: at(item), most: at(item) }
    // A group that grows moves its middle, which may bring it to the next.
    for (;;) {
      const { x, y } = middleOf(own)
      const near = groups.findIndex((other) => {
        const middle = middleOf(other)
        return Math.abs(middle.x - x) < width && Math.abs(middle.y - y) < height
      })
      if (near < 0) break
      own = together(groups[near]!, own)
      groups.splice(near, 1)
    }
    groups.push(own)
  }
  return groups
}
