declare module 'world-atlas/land-50m.json' {
  type Topology = Parameters<typeof import('topojson-client').feature>[0]

  const land: Topology & { readonly objects: { readonly land: Topology['objects'][string] } }
  export default land
}
