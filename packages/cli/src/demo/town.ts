import { seeded } from '@voltway/units'

type Position = readonly [longitude: number, latitude: number]
interface Feature {
  readonly type: 'Feature'
  readonly properties: { readonly kind: 'water' | 'park' | 'building' | 'road' | 'rail'; readonly width?: number }
  readonly geometry:
    | { readonly type: 'LineString'; readonly coordinates: readonly Position[] }
    | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Position[])[] }
}

/** The middle of Lunebridge, a town that does not exist: it is drawn here so that the demo has streets without a tile server. */
export const TOWN_CENTRE = { latitude: 54.0475, longitude: -2.801 } as const
const METRE = { latitude: 1 / 111_320, longitude: 1 / (111_320 * Math.cos((TOWN_CENTRE.latitude * Math.PI) / 180)) }

/** A place by metres east and north of the town's middle. */
export const townPlace = (east: number, north: number): Position => [
  Number((TOWN_CENTRE.longitude + east * METRE.longitude).toFixed(6)),
  Number((TOWN_CENTRE.latitude + north * METRE.latitude).toFixed(6)),
]

const line = (kind: 'road' | 'rail', width: number, points: readonly (readonly [number, number])[]): Feature => ({
  type: 'Feature',
  properties: { kind, width },
  geometry: { type: 'LineString', coordinates: points.map(([east, north]) => townPlace(east, north)) },
})
const area = (kind: 'water' | 'park' | 'building', points: readonly (readonly [number, number])[]): Feature => ({
  type: 'Feature',
  properties: { kind },
  geometry: { type: 'Polygon', coordinates: [[...points, ...points.slice(0, 1)].map(([east, north]) => townPlace(east, north))] },
})

/** Where the river's middle runs, by metres north. */
const riverEast = (north: number) => -520 + 190 * Math.sin(north / 620) + 60 * Math.sin(north / 210)
const inTown = (from: number, to: number, step: number) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step)

const river = () => {
  const norths = inTown(-2600, 2600, 80)
  return area('water', [
    ...norths.map((north) => [riverEast(north) - 55, north] as const),
    ...norths.toReversed().map((north) => [riverEast(north) + 55, north] as const),
  ])
}
const ringRoad = () =>
  line(
    'road',
    2.2,
    inTown(0, 360, 10).map((degrees) => {
      const angle = (degrees * Math.PI) / 180
      return [1500 * Math.cos(angle) * (1 + 0.08 * Math.sin(3 * angle)), 1250 * Math.sin(angle)] as const
    }),
  )
const bend = (north: number) => 40 * Math.sin(north / 400)

const streets = (): readonly Feature[] => [
  line('road', 2, [
    [-2600, 120],
    [-900, 60],
    [0, 0],
    [900, -70],
    [2600, -260],
  ]),
  line(
    'road',
    2,
    inTown(-2600, 2600, 130).map((north) => [120 + bend(north) * 2, north] as const),
  ),
  ...inTown(-1000, 1000, 200)
    .filter((north) => north !== 0)
    .map((north) =>
      line(
        'road',
        1,
        inTown(-360, 1150, 90).map((east) => [east, north + 0.06 * east] as const),
      ),
    ),
  ...inTown(-280, 1100, 230).map((east) =>
    line(
      'road',
      0.9,
      inTown(-1000, 1000, 100).map((north) => [east + bend(north), north] as const),
    ),
  ),
  ...inTown(-1350, -760, 190).map((east) =>
    line(
      'road',
      0.8,
      inTown(-700, 700, 100).map((north) => [east + bend(north) * 1.5, north] as const),
    ),
  ),
  ...inTown(-600, 600, 300).map((north) =>
    line('road', 0.8, [
      [-1380, north],
      [-700, north - 20],
    ]),
  ),
]

const buildings = (): readonly Feature[] => {
  const random = seeded(7)
  const blocks: Feature[] = []
  for (const east of inTown(-240, 1000, 58))
    for (const north of inTown(-960, 940, 52)) {
      if (random() < 0.42) continue
      const [width, depth] = [16 + random() * 24, 14 + random() * 20]
      const [x, y] = [east + bend(north) + random() * 10, north + 0.06 * east + random() * 8]
      const inPark = x > 330 && x < 760 && y > 430 && y < 800
      if (!inPark)
        blocks.push(
          area('building', [
            [x, y],
            [x + width, y],
            [x + width, y + depth],
            [x, y + depth],
          ]),
        )
    }
  return blocks
}

/** The town as GeoJSON; `kind` says what each shape is. */
export const drawTown = () => ({
  type: 'FeatureCollection' as const,
  features: [
    area('park', [
      [340, 440],
      [750, 460],
      [740, 790],
      [350, 780],
    ]),
    area('park', [
      [-1250, -1150],
      [-820, -1080],
      [-860, -820],
      [-1200, -860],
    ]),
    river(),
    ...buildings(),
    ringRoad(),
    ...streets(),
    line('rail', 1, [
      [-2600, -900],
      [-600, -620],
      [500, -560],
      [2600, -1000],
    ]),
  ],
})
