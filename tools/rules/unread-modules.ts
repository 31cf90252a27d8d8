import type { CruisedModule } from './cruise.ts'

/** A source file as it stands on disk. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

const IMPORTS_SOMETHING = /^(?:import|export)\b[^;'"`]*\bfrom\s+['"]/m

/**
 * Files that the structure check did not really read: absent from its list, or with imports of which it saw none.
 * Without this, a parser that reads nothing finds nothing wrong.
 */
export const unreadModules = (files: readonly SourceFile[], modules: readonly CruisedModule[]): readonly string[] => {
  const seen = new Map(modules.map((module) => [module.source, module.dependencies.length]))
  return files.filter(({ path, text }) => !seen.has(path) || (seen.get(path) === 0 && IMPORTS_SOMETHING.test(text))).map(({ path }) => path)
}
