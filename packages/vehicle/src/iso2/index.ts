import { evccProtocol } from './evcc/evcc-protocol.ts'
import { ISO2_DIALECT } from './iso2-dialect.ts'
import { seccProtocol } from './secc/secc-protocol.ts'

export { EVCC_TABLE } from './evcc/table.ts'
export { SECC_TABLE } from './secc/table.ts'

/** ISO 15118-2 in a station. */
export const iso2Secc = seccProtocol(ISO2_DIALECT)
/** ISO 15118-2 in a car. */
export const iso2Evcc = evccProtocol(ISO2_DIALECT)
