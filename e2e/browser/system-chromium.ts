import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'] as const
const APPLICATIONS = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']

/** Chromium browsers that the system has, by the folders of `path` and where applications lie. */
export const systemChromium = (path = process.env.PATH ?? ''): readonly string[] =>
  [...path.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name))), ...APPLICATIONS].filter((file) =>
    existsSync(file),
  )
