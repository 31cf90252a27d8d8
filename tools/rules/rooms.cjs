/**
 * Which room may import which: the table of the house. Imports only ever point down; what is not listed is denied.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
module.exports.ROOMS = {
  units: [],
  wire: ['units'],
  domain: ['units'],
  pki: ['units'],
  store: ['units', 'domain'],
  app: ['units', 'wire', 'domain', 'pki', 'store'],
  vehicle: ['units', 'wire', 'pki'],
  mobility: ['units', 'wire'],
  sim: ['units', 'wire', 'domain', 'pki', 'vehicle'],
  cli: ['units', 'wire', 'domain', 'pki', 'store', 'app', 'vehicle', 'mobility', 'sim', 'client'],
  client: [],
  'web/ui': ['units', 'client'],
  'web/console': ['web/ui', 'units', 'client'],
  'web/driver': ['web/ui', 'units', 'client'],
  'web/simulator': ['web/ui', 'units', 'client'],
}
