import { EXIT } from '../exit-codes.ts'
import type { Json } from '../json.ts'
import { tableLines } from '../print-table.ts'
import { SERVER_OPTIONS } from '../server-flags.ts'
import { showOne } from '../show-rows.ts'
import type { Verb } from '../verb.ts'

const shown = (value: string | number | boolean | readonly string[] | undefined, secret: boolean): string => {
  if (value === undefined) return 'not set'
  if (secret) return 'set (not shown)'
  return Array.isArray(value) ? value.join(', ') || 'none' : String(value)
}

export const configPrint: Verb = {
  noun: 'config',
  verb: 'print',
  summary: 'print the settings that the server would start with; secrets are not shown',
  options: SERVER_OPTIONS,
  run: async (context) => {
    const [{ loadServerConfig }, { SETTINGS }] = await Promise.all([import('../load-server-config.ts'), import('@voltway/app')])
    const config: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>> = { ...loadServerConfig(context) }
    const rows = Object.entries(SETTINGS).map(([name, setting]) => ({
      name,
      variable: setting.variables.join(' or '),
      value: shown(config[name], 'secret' in setting),
    }))
    const json: Json = rows
    showOne(context, json, () =>
      tableLines(
        ['Setting', 'Variable', 'Value'],
        rows.map(({ name, variable, value }) => [name, variable, value]),
      ),
    )
    return EXIT.done
  },
}
