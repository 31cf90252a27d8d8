import { amperes, fail, ok, type Result, smaller, wattHours } from '@voltway/units'
import type { iso2 } from '@voltway/wire/iso15118'
import { isDirectCurrent } from '../../machine/charging.ts'
import type { ContractChain } from '../../machine/contract-chain.ts'
import type { SigningKey } from '../../machine/crypto.ts'
import type { MessageName, Requests } from '../message.ts'
import {
  optional,
  physicalAmperes,
  physicalSeconds,
  physicalVolts,
  physicalWattHours,
  physicalWatts,
  wholeWithin,
  ZERO_AMPERES,
  ZERO_VOLTS,
} from '../physical.ts'
import { wireProfileOf } from '../schedules.ts'
import { CHARGE_SERVICE } from '../services.ts'
import type { EvccSession } from './state.ts'

/** A request, and the key that signs it where one must. Refused: what is missing to ask it. */
type Made<Name extends MessageName> = Result<{ readonly value: Requests[Name]; readonly sign?: SigningKey }, string>
type Maker<Name extends MessageName> = (session: EvccSession) => Made<Name>

/** The Id of whatever a car signs. */
export const SIGNED_ID = 'id1'

export const vehicleStatus = ({ car, name }: EvccSession): iso2.DC_EVStatusType => ({
  EVReady: name !== 'powerOff' && name !== 'weldingDetection',
  EVErrorCode: 'NO_ERROR',
  EVRESSSOC: wholeWithin(car.soc, 0, 100),
})

const chainOf = ({ leaf, subCertificates }: ContractChain): iso2.CertificateChainType => ({
  Certificate: leaf,
  ...(subCertificates.length === 0 ? {} : { SubCertificates: { Certificate: subCertificates.slice(0, 4) } }),
})

const chargeParameters = ({ car, facts }: EvccSession) => {
  const { needs } = car
  const { maxCurrent = ZERO_AMPERES, maxVoltage = ZERO_VOLTS, minCurrent = ZERO_AMPERES, maxPower } = needs.charge
  return { needs, maxCurrent, maxVoltage, minCurrent, maxPower, direct: isDirectCurrent(facts.transfer) }
}

const chargeParameterDiscovery: Maker<'ChargeParameterDiscovery'> = (session) => {
  const { needs, maxCurrent, maxVoltage, minCurrent, maxPower, direct } = chargeParameters(session)
  const common = { MaxEntriesSAScheduleTuple: wholeWithin(needs.maxSchedules, 1, 65_535), RequestedEnergyTransferMode: session.facts.mode }
  const departure = optional('DepartureTime', needs.departure, (at) => wholeWithin(at, 0, 0xffff_ffff))
  if (!direct)
    return ok({
      value: {
        ...common,
        AC_EVChargeParameter: {
          ...departure,
          EAmount: physicalWattHours(needs.energy ?? wattHours(0)),
          EVMaxVoltage: physicalVolts(maxVoltage),
          EVMaxCurrent: physicalAmperes(maxCurrent),
          EVMinCurrent: physicalAmperes(minCurrent),
        },
      },
    })
  return ok({
    value: {
      ...common,
      DC_EVChargeParameter: {
        ...departure,
        DC_EVStatus: vehicleStatus(session),
        EVMaximumCurrentLimit: physicalAmperes(maxCurrent),
        ...optional('EVMaximumPowerLimit', maxPower, physicalWatts),
        EVMaximumVoltageLimit: physicalVolts(maxVoltage),
        ...optional('EVEnergyCapacity', needs.capacity, physicalWattHours),
        ...optional('EVEnergyRequest', needs.energy, physicalWattHours),
        ...optional('FullSOC', needs.targetSoc, (soc) => wholeWithin(soc, 0, 100)),
      },
    },
  })
}

const PROGRESS = { powerOff: 'Stop', renegotiating: 'Renegotiate' } as const

const powerDelivery: Maker<'PowerDelivery'> = (session) => {
  const { name, facts, car } = session
  const ChargeProgress = name === 'powerOff' || name === 'renegotiating' ? PROGRESS[name] : 'Start'
  const [first] = facts.offers
  const schedule = car.profile?.scheduleId ?? first?.id ?? 1
  const profile = ChargeProgress === 'Start' && car.profile !== undefined && car.profile.entries.length > 0 ? car.profile : undefined
  return ok({
    value: {
      ChargeProgress,
      SAScheduleTupleID: schedule,
      ...optional('ChargingProfile', profile, wireProfileOf),
      ...(isDirectCurrent(facts.transfer)
        ? { DC_EVPowerDeliveryParameter: { DC_EVStatus: vehicleStatus(session), ChargingComplete: ChargeProgress === 'Stop' } }
        : {}),
    },
  })
}

/** What the car asks of the output: never more than the station said it can deliver. */
const targetOf = ({ car, facts }: EvccSession) => {
  const { maxVoltage = car.targetVoltage, maxCurrent = car.targetCurrent, maxPower } = facts.supply
  const voltage = smaller(car.targetVoltage, maxVoltage)
  const ofPower = maxPower === undefined || voltage <= 0 ? maxCurrent : amperes(maxPower / voltage)
  return { voltage, current: smaller(car.targetCurrent, smaller(maxCurrent, ofPower)) }
}

const currentDemand: Maker<'CurrentDemand'> = (session) => {
  const { car } = session
  const target = targetOf(session)
  const { maxVoltage, maxCurrent, maxPower } = { ...car.needs.charge, ...car.limits }
  return ok({
    value: {
      DC_EVStatus: vehicleStatus(session),
      EVTargetCurrent: physicalAmperes(target.current),
      ...optional('EVMaximumVoltageLimit', maxVoltage, physicalVolts),
      ...optional('EVMaximumCurrentLimit', maxCurrent, physicalAmperes),
      ...optional('EVMaximumPowerLimit', maxPower, physicalWatts),
      ChargingComplete: false,
      ...optional('RemainingTimeToFullSoC', car.timeToFull, physicalSeconds),
      ...optional('RemainingTimeToBulkSoC', car.timeToBulk, physicalSeconds),
      EVTargetVoltage: physicalVolts(target.voltage),
    },
  })
}

const rootsOf = (roots: readonly { readonly issuerName: string; readonly serialNumber: bigint }[]): iso2.ListOfRootCertificateIDsType => ({
  RootCertificateID: roots
    .slice(0, 20)
    .map(({ issuerName, serialNumber }) => ({ X509IssuerName: issuerName, X509SerialNumber: serialNumber })),
})

const certificateInstallation: Maker<'CertificateInstallation'> = ({ options }) => {
  const provisioning = options.crypto?.provisioning
  if (provisioning === undefined) return fail('no provisioning certificate')
  const { chain, sign, rootCertificates } = provisioning
  return ok({
    value: { Id: SIGNED_ID, OEMProvisioningCert: chain.leaf, ListOfRootCertificateIDs: rootsOf(rootCertificates) },
    sign,
  })
}

const certificateUpdate: Maker<'CertificateUpdate'> = ({ options, facts }) => {
  const roots = options.crypto?.provisioning?.rootCertificates
  if (facts.contract === undefined || roots === undefined) return fail('no contract to update')
  const { chain, emaid, sign } = facts.contract
  const value = { Id: SIGNED_ID, ContractSignatureCertChain: chainOf(chain), eMAID: emaid, ListOfRootCertificateIDs: rootsOf(roots) }
  return ok({ value, sign })
}

const authorization: Maker<'Authorization'> = ({ facts }) => {
  if (facts.payment === 'eim') return ok({ value: {} })
  if (facts.contract === undefined || facts.challenge === undefined) return fail('no contract to pay with')
  return ok({ value: { Id: SIGNED_ID, GenChallenge: facts.challenge }, sign: facts.contract.sign })
}

const meteringReceipt: Maker<'MeteringReceipt'> = ({ facts, sessionId, car }) => {
  if (facts.receiptFor === undefined || facts.contract === undefined) return fail('no reading to sign')
  const { profile } = car
  return ok({
    value: {
      Id: SIGNED_ID,
      SessionID: sessionId,
      ...optional('SAScheduleTupleID', profile?.scheduleId, (id) => id),
      MeterInfo: facts.receiptFor,
    },
    sign: facts.contract.sign,
  })
}

/** What a car asks, by message. */
export const REQUESTS: { readonly [Name in MessageName]: Maker<Name> } = {
  SessionSetup: ({ options }) => ok({ value: { EVCCID: options.evccId } }),
  ServiceDiscovery: () => ok({ value: {} }),
  ServiceDetail: ({ facts }) => ok({ value: { ServiceID: facts.toDetail[0] ?? CHARGE_SERVICE } }),
  PaymentServiceSelection: ({ facts }) =>
    ok({
      value: {
        SelectedPaymentOption: facts.payment === 'contract' ? 'Contract' : 'ExternalPayment',
        SelectedServiceList: {
          SelectedService: [
            { ServiceID: CHARGE_SERVICE },
            ...facts.selected.map(({ id, parameterSet }) => ({ ServiceID: id, ...optional('ParameterSetID', parameterSet, (set) => set) })),
          ].slice(0, 16),
        },
      },
    }),
  CertificateInstallation: certificateInstallation,
  CertificateUpdate: certificateUpdate,
  PaymentDetails: ({ facts }) =>
    facts.contract === undefined
      ? fail('no contract to pay with')
      : ok({ value: { eMAID: facts.contract.emaid, ContractSignatureCertChain: chainOf(facts.contract.chain) } }),
  Authorization: authorization,
  ChargeParameterDiscovery: chargeParameterDiscovery,
  CableCheck: (session) => ok({ value: { DC_EVStatus: vehicleStatus(session) } }),
  PreCharge: (session) =>
    ok({
      value: {
        DC_EVStatus: vehicleStatus(session),
        EVTargetVoltage: physicalVolts(session.car.targetVoltage),
        // At most two amperes before the contactors are closed.
        EVTargetCurrent: physicalAmperes(amperes(Math.min(2, session.car.targetCurrent))),
      },
    }),
  PowerDelivery: powerDelivery,
  ChargingStatus: () => ok({ value: {} }),
  CurrentDemand: currentDemand,
  MeteringReceipt: meteringReceipt,
  WeldingDetection: (session) => ok({ value: { DC_EVStatus: vehicleStatus(session) } }),
  SessionStop: ({ facts }) => ok({ value: { ChargingSession: facts.pausing ? 'Pause' : 'Terminate' } }),
}
