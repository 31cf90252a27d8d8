export interface Point {
  readonly x: number
  readonly y: number
}
export interface Group<Item> {
  readonly items: readonly Item[]
}

/** Items whose pins would cover each other, grouped by who comes first; `x` and `y` are pixels on the screen. */
export const groupSites = <Item>(
  items: readonly Item[],
  at: (item: Item) => Point,
  { width, height }: { readonly width: number; readonly height: number },
): readonly Group<Item>[] => {
  const groups: { readonly first: Point; readonly items: Item[] }[] = []
  for (const item of items) {
    const { x, y } = at(item)
    const near = groups.find(({ first }) => Math.abs(first.x - x) < width && Math.abs(first.y - y) < height)
    if (near) near.items.push(item)
    else groups.push({ first: { x, y }, items: [item] })
  }
  return groups
}
