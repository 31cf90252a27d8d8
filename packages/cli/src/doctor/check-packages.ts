import { dependenciesState } from '../../../../tools/bootstrap/dependencies.mjs'
import { type Check, failed, passed } from './check.ts'

const NAME = 'packages'

export const checkPackages: Check = ({ root }) => {
  const state = dependenciesState(root)
  if (state === 'fresh') return passed(NAME, 'node_modules holds what package-lock.json asks for')
  const detail = state === 'missing' ? 'node_modules is missing' : 'node_modules is not what package-lock.json asks for'
  return failed(NAME, detail, 'run npm start, npm test or npm ci: each installs them.')
}
