import type { GeoJSONSourceSpecification, StyleSpecification } from 'maplibre-gl'

type Features = GeoJSONSourceSpecification['data']

const PALETTES = {
  light: {
    sea: '#dfe7ef',
    land: '#f4f3ef',
    water: '#c9d9e8',
    park: '#dfe9db',
    road: '#ffffff',
    roadEdge: '#d9d6cf',
    building: '#e6e2da',
    rail: '#c3bfb6',
  },
  dark: {
    sea: '#0a0e14',
    land: '#161b22',
    water: '#101a26',
    park: '#17231c',
    road: '#2b333e',
    roadEdge: '#11161c',
    building: '#1d242d',
    rail: '#333b46',
  },
} as const

/**
 * A map that asks nobody for tiles: land from Natural Earth, and what the operator draws of the town (GeoJSON lines and
 * areas whose `kind` is water, park, building, road or rail). Names are HTML, so no glyphs are needed.
 */
export const mapStyle = (scheme: 'light' | 'dark', land: Features, town: Features): StyleSpecification => {
  const colour = PALETTES[scheme]
  const kind = (name: string) => ['==', ['get', 'kind'], name] as const
  const roadWidth = (factor: number) =>
    [
      'interpolate',
      ['exponential', 1.6],
      ['zoom'],
      10,
      ['*', ['coalesce', ['get', 'width'], 1], 0.3 * factor],
      17,
      ['*', ['coalesce', ['get', 'width'], 1], 8 * factor],
    ] as const
  return {
    version: 8,
    sources: { land: { type: 'geojson', data: land }, town: { type: 'geojson', data: town, attribution: '' } },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': colour.sea } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': colour.land } },
      { id: 'park', type: 'fill', source: 'town', filter: [...kind('park')], paint: { 'fill-color': colour.park } },
      { id: 'water', type: 'fill', source: 'town', filter: [...kind('water')], paint: { 'fill-color': colour.water } },
      { id: 'building', type: 'fill', source: 'town', filter: [...kind('building')], paint: { 'fill-color': colour.building } },
      {
        id: 'road-edge',
        type: 'line',
        source: 'town',
        filter: [...kind('road')],
        layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: { 'line-color': colour.roadEdge, 'line-width': [...roadWidth(1.35)] },
      },
      {
        id: 'road',
        type: 'line',
        source: 'town',
        filter: [...kind('road')],
        layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: { 'line-color': colour.road, 'line-width': [...roadWidth(1)] },
      },
      {
        id: 'rail',
        type: 'line',
        source: 'town',
        filter: [...kind('rail')],
        paint: { 'line-color': colour.rail, 'line-width': 2, 'line-dasharray': [3, 2] },
      },
    ],
  } as StyleSpecification
}
