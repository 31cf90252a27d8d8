import { BUILD_STEPS, type BuildStep, buildState } from '../../../../tools/bootstrap/build-steps.mjs'
import { type Check, failed, passed, skipped } from './check.ts'

const nameOf = ({ title }: BuildStep): string => title.replace(/ (generated|built)$/, '')

const checkBuild =
  (build: BuildStep): Check =>
  ({ root }) => {
    const state = buildState(root, build)
    if (state === 'fresh') return passed(nameOf(build), `${build.output} is up to date`)
    if (state === 'absent') return skipped(nameOf(build), `${build.needs} does not exist`)
    return failed(nameOf(build), `${build.output} is ${state}`, 'run npm run build; npm start does it too.')
  }

/** One check for each thing that is generated or built. */
export const buildChecks: readonly Check[] = BUILD_STEPS.map(checkBuild)
