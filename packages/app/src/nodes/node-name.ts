import { hostname } from 'node:os'
import type { Config } from '../config.ts'

/** What this server is called among several: as configured, else its host's name and its port. */
export const nodeNameOf = ({ nodeName, port }: Pick<Config, 'nodeName' | 'port'>): string => nodeName ?? `${hostname()}:${port}`
