import { supportedPlatforms } from '../../../../tools/bootstrap/pinned-node.mjs'
import { type Check, failed, passed } from './check.ts'

const NAME = 'platform'

export const checkPlatform: Check = ({ platform, arch }) =>
  supportedPlatforms.includes(`${platform}-${arch}`)
    ? passed(NAME, `${platform}-${arch} is supported`)
    : failed(
        NAME,
        `${platform}-${arch} is not supported (only ${supportedPlatforms.join(', ')})`,
        platform === 'win32'
          ? 'run it inside WSL.'
          : 'install Node.js 26 and set DATABASE_URL to a PostgreSQL 15 or newer: the embedded ones do not exist here.',
      )
