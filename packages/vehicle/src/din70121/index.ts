import { evccProtocol } from '../iso2/evcc/evcc-protocol.ts'
import { seccProtocol } from '../iso2/secc/secc-protocol.ts'
import { DIN70121_DIALECT } from './din70121-dialect.ts'

/** DIN 70121 in a station. */
export const din70121Secc = seccProtocol(DIN70121_DIALECT)
/** DIN 70121 in a car. */
export const din70121Evcc = evccProtocol(DIN70121_DIALECT)
