/** What an operator can read and change, by neutral name; each version's folder knows its own names for them. */
export interface SettingRule {
  readonly initial: string
  readonly readOnly?: boolean
  readonly type: 'integer' | 'boolean' | 'text'
  readonly min?: number
  readonly max?: number
}

export const SETTINGS = {
  heartbeatSeconds: { initial: '300', type: 'integer', min: 0, max: 86_400 },
  meterIntervalSeconds: { initial: '60', type: 'integer', min: 0, max: 86_400 },
  connectionTimeoutSeconds: { initial: '120', type: 'integer', min: 1, max: 3_600 },
  pingSeconds: { initial: '60', type: 'integer', min: 0, max: 3_600 },
  authorizeRemote: { initial: 'false', type: 'boolean' },
  offlineUnknown: { initial: 'false', type: 'boolean' },
  offlineKnown: { initial: 'true', type: 'boolean' },
  stopOnInvalidId: { initial: 'true', type: 'boolean' },
  stopOnUnplug: { initial: 'true', readOnly: true, type: 'boolean' },
  measurands: {
    initial: 'Energy.Active.Import.Register,Energy.Active.Export.Register,Power.Active.Import,Power.Offered,Current.Import,Voltage,SoC',
    type: 'text',
  },
  maxStackLevel: { initial: '10', readOnly: true, type: 'integer' },
  maxPeriods: { initial: '96', readOnly: true, type: 'integer' },
  maxProfiles: { initial: '20', readOnly: true, type: 'integer' },
  rateUnits: { initial: 'Current,Power', readOnly: true, type: 'text' },
} as const satisfies Record<string, SettingRule>
export type SettingName = keyof typeof SETTINGS

export interface Settings {
  readonly text: (name: SettingName) => string
  readonly number: (name: SettingName) => number
  readonly flag: (name: SettingName) => boolean
  readonly set: (name: SettingName, value: string) => 'accepted' | 'rejected' | 'readOnly'
}

/** A station's settings; `changed` hears of every change. */
export function createSettings(initial: Partial<Record<SettingName, string>>, changed: (name: SettingName) => void): Settings {
  const values = new Map<SettingName, string>()
  const text = (name: SettingName) => values.get(name) ?? initial[name] ?? SETTINGS[name].initial
  return {
    text,
    number: (name) => Number(text(name)),
    flag: (name) => text(name).toLowerCase() === 'true',
    set: (name, value) => {
      const rule: SettingRule = SETTINGS[name]
      if (rule.readOnly) return 'readOnly'
      if (!fits(rule, value)) return 'rejected'
      values.set(name, value)
      changed(name)
      return 'accepted'
    },
  }
}

function fits({ type, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: SettingRule, value: string): boolean {
  if (type === 'boolean') return /^(true|false)$/i.test(value)
  if (type === 'integer') return /^-?\d+$/.test(value) && Number(value) >= min && Number(value) <= max
  return value.length <= 500
}
