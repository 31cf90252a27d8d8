/// <reference path="./natural-earth.d.ts" />
import { useComputedColorScheme } from '@mantine/core'
import type { Map as MapLibre, Marker } from 'maplibre-gl'
import { useEffect, useRef, useState } from 'react'
import { groupSites } from './group-sites.ts'
import { groupPin, sitePin } from './map-pins.ts'
import type { MapSite } from './map-site.ts'
import { mapStyle } from './map-style.ts'

export interface SiteMapProps {
  readonly sites: readonly MapSite[]
  readonly selectedId?: string | undefined
  readonly onSelect: (id: string) => void
  readonly height?: number | string
  /** Where the operator's own drawing of the town is; the map works without. */
  readonly townUrl?: string
  readonly label: string
}

const EMPTY = { type: 'FeatureCollection', features: [] } as const

const loadMap = async (townUrl: string | undefined) => {
  const [maplibre, worker, topology, topojson, town] = await Promise.all([
    import('maplibre-gl'),
    import('maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'),
    import('world-atlas/land-50m.json'),
    import('topojson-client'),
    townUrl
      ? fetch(townUrl)
          .then((answer) => (answer.ok ? answer.json() : EMPTY))
          .catch(() => EMPTY)
      : EMPTY,
    import('maplibre-gl/dist/maplibre-gl.css'),
  ])
  maplibre.setWorkerUrl(worker.default)
  const land = topojson.feature(topology.default, topology.default.objects.land)
  return { maplibre, land, town }
}

/** A pin's size on the screen with its name below, and how many names fit beside each other. */
const PIN = { width: 52, height: 52 }
const MOST_NAMES = 12
/** Room around the outermost pins: a name stands below its pin and is up to so wide to either side. */
const PADDING = { top: 48, right: 80, bottom: 40, left: 80 }

/** Sites on a map that needs no tile server; every pin is a button that says name and state. */
export const SiteMap = ({ sites, selectedId, onSelect, height = 360, townUrl, label }: SiteMapProps) => {
  const holder = useRef<HTMLDivElement>(null)
  const [map, setMap] = useState<{ readonly map: MapLibre; readonly library: typeof import('maplibre-gl') }>()
  const select = useRef(onSelect)
  select.current = onSelect
  const scheme = useComputedColorScheme('light')
  const bounds = useRef(sites)
  bounds.current = sites

  useEffect(() => {
    let gone = false
    let made: MapLibre | undefined
    void loadMap(townUrl).then(({ maplibre, land, town }) => {
      if (gone || !holder.current) return
      made = new maplibre.Map({
        container: holder.current,
        style: mapStyle(scheme, land, town),
        attributionControl: false,
        minZoom: 2,
        maxZoom: 18,
        dragRotate: false,
      })
      made.addControl(new maplibre.NavigationControl({ showCompass: false }), 'top-right')
      setMap({ map: made, library: maplibre })
    })
    return () => {
      gone = true
      setMap(undefined)
      made?.remove()
    }
  }, [scheme, townUrl])

  const where = sites.map(({ id, latitude, longitude }) => `${id}${latitude}${longitude}`).join()
  // The view follows where the sites are, not every change of their labels.
  useEffect(() => {
    if (!map || where === '') return
    const box = new map.library.LngLatBounds()
    for (const { longitude, latitude } of bounds.current) box.extend([longitude, latitude])
    map.map.fitBounds(box, { padding: PADDING, maxZoom: 15, animate: false })
  }, [map, where])

  const [view, setView] = useState(0)
  useEffect(() => {
    if (!map) return
    const moved = () => setView((count) => count + 1)
    map.map.on('zoomend', moved)
    return () => {
      map.map.off('zoomend', moved)
    }
  }, [map])

  // biome-ignore lint/correctness/useExhaustiveDependencies: pins are grouped anew when the view has changed
  useEffect(() => {
    if (!map) return
    const boxOf = (several: readonly MapSite[]) => {
      const box = new map.library.LngLatBounds()
      for (const { longitude, latitude } of several) box.extend([longitude, latitude])
      return box
    }
    const apart = (several: readonly MapSite[]) => map.map.fitBounds(boxOf(several), { padding: PADDING, maxZoom: 17, duration: 150 })
    const groups = groupSites(sites, ({ longitude, latitude }) => map.map.project([longitude, latitude]), PIN)
    const markers: Marker[] = groups.map(({ items }) => {
      const [site] = items
      const options = {
        selected: site?.id === selectedId,
        named: groups.length <= MOST_NAMES,
        onSelect: (id: string) => select.current(id),
      }
      const element = items.length === 1 && site ? sitePin(site, options) : groupPin(items, () => apart(items))
      return new map.library.Marker({ element, anchor: 'top', offset: [0, -16] }).setLngLat(boxOf(items).getCenter()).addTo(map.map)
    })
    return () => {
      for (const marker of markers) marker.remove()
    }
  }, [map, sites, selectedId, view])

  return (
    <section
      ref={holder}
      aria-label={label}
      style={{ height, width: '100%', background: 'var(--vw-surface-2)', borderRadius: 'var(--vw-radius)', overflow: 'hidden' }}
    />
  )
}
