import { type Discovery, readFlag, readRateUnits } from '../discovery.ts'

interface ConfigurationKey {
  readonly key: string
  readonly readonly: boolean
  readonly value: string | undefined
}

/** OCPP 1.6, 5.8: all configuration keys at once; each station has those it has. */
export const discover: Discovery = async (call) => {
  const outcome = await call('GetConfiguration', {})
  if (outcome.outcome !== 'answered') return { capabilities: {}, variables: [] }
  const keys = readKeys(outcome.response.configurationKey)
  const textOf = (name: string) => keys.find(({ key }) => key.toLowerCase() === name.toLowerCase())?.value
  const numberOf = (name: string) => {
    const value = Number(textOf(name) ?? Number.NaN)
    return Number.isInteger(value) && value >= 0 ? value : undefined
  }
  const profiles = textOf('SupportedFeatureProfiles')?.toLowerCase()
  const capabilities = {
    maxStackLevel: numberOf('ChargeProfileMaxStackLevel'),
    rateUnits: readRateUnits(textOf('ChargingScheduleAllowedChargingRateUnit')),
    maxPeriods: numberOf('ChargingScheduleMaxPeriods'),
    maxProfiles: numberOf('MaxChargingProfilesInstalled'),
    maxKeysPerRead: numberOf('GetConfigurationMaxKeys'),
    reservations: profiles?.includes('reservation'),
    smartCharging: profiles?.includes('smartcharging'),
    switchesPhases: readFlag(textOf('ConnectorSwitch3to1PhaseSupported')),
  }
  return {
    capabilities,
    variables: keys.map(
      ({ key, value, readonly }) => ({ component: '', variable: key, value, mutability: readonly ? 'ReadOnly' : 'ReadWrite' }) as const,
    ),
  }
}

/** Nothing that a station sends is taken for granted, not even its configuration. */
function readKeys(list: unknown): readonly ConfigurationKey[] {
  if (!Array.isArray(list)) return []
  return list.slice(0, 500).flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null || !('key' in one) || typeof one.key !== 'string') return []
    const value = 'value' in one && typeof one.value === 'string' ? one.value : undefined
    return [{ key: one.key, readonly: 'readonly' in one && one.readonly === true, value }]
  })
}
