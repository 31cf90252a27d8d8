import type { AppProtocol } from '../machine/app-protocol.ts'
import { running } from '../machine/machine.ts'
import type { EvccOptions, EvccProtocol, SeccOptions, SeccProtocol } from '../machine/options.ts'
import { evccBegin, evccStep } from './evcc/evcc.ts'
import { seccBegin, seccStep } from './secc/secc.ts'
import { ENERGY_SERVICES } from './services.ts'

/** One entry for each schema set that carries a transfer; none over a link that the standard does not allow. V2G20-2356. */
const supported = ({
  link,
  policy,
  transfers,
}: Pick<EvccOptions | SeccOptions, 'link' | 'policy' | 'transfers'>): readonly AppProtocol[] => {
  if (link.security !== 'tls1.3' && !policy.iso20OnAnyLink) return []
  const namespaces = new Set(transfers.map((transfer) => ENERGY_SERVICES[transfer].namespace))
  return [...namespaces].map((namespace) => ({ namespace, major: 1, minor: 0 }))
}

/** ISO 15118-20 at the station. */
export const iso20Secc: SeccProtocol = {
  name: 'iso15118-20',
  setUpFrom: 'link',
  supported,
  begin: (options, chosen) => running(seccStep, seccBegin(options, chosen)),
}

/** ISO 15118-20 in the car. */
export const iso20Evcc: EvccProtocol = {
  name: 'iso15118-20',
  setUpFrom: 'link',
  supported,
  begin: (options, chosen, at) => running(evccStep, evccBegin(options, chosen, at)),
}
