import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

export interface CruisedModule {
  readonly source: string
  readonly dependencies: readonly { readonly module: string; readonly resolved: string }[]
}

export interface StructureViolation {
  readonly rule: string
  readonly comment: string
  readonly from: string
  readonly to: string
}

export interface Cruise {
  readonly modules: readonly CruisedModule[]
  readonly violations: readonly StructureViolation[]
}

interface CruiseOutput {
  readonly modules: readonly CruisedModule[]
  readonly summary: {
    readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string; readonly to: string }[]
  }
}

interface RuleSet {
  readonly forbidden: readonly { readonly name: string; readonly comment: string }[]
}

const house = resolve(import.meta.dirname, '..', '..')
const config = join(house, '.dependency-cruiser.cjs')
const program = join(house, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs')

/** Every rule of the structure, by name, with why it stands. */
export const structureRules = async (): Promise<ReadonlyMap<string, string>> => {
  const { default: rules }: { default: RuleSet } = await import(config)
  return new Map(rules.forbidden.map(({ name, comment }) => [name, comment]))
}

/**
 * Reads all imports below a root and holds them against the rules of this project.
 * @param root a folder shaped like this project
 */
export const cruise = async (root: string): Promise<Cruise> => {
  const folders = ['packages', 'tools', 'bench', 'e2e'].filter((folder) => existsSync(join(root, folder)))
  const args = [program, ...folders, '--config', config, '--output-type', 'json']
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 512 * 1024 * 1024 })
  if (!stdout.trim()) throw new Error(`dependency-cruiser gave no answer (exit code ${status}): ${stderr.trim()}`)
  const output: CruiseOutput = JSON.parse(stdout)
  const comments = await structureRules()
  return {
    modules: output.modules,
    violations: output.summary.violations.map(({ rule, from, to }) => ({
      rule: rule.name,
      comment: comments.get(rule.name) ?? '',
      from,
      to,
    })),
  }
}
