/** Where a station with this identity connects: one URL for all OCPP versions, on the page's own host. */
export const connectionUrl = (identity: string, page: Pick<Location, 'protocol' | 'host'> = location) =>
  `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/ocpp/${encodeURIComponent(identity)}`
