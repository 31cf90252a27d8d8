// `npm run diagrams`: writes docs/state-machines.md from the tables in the code.
import { writeFile } from 'node:fs/promises'
import { STATE_MACHINES, stateMachinesPage } from './state-machines.ts'

await writeFile(STATE_MACHINES, stateMachinesPage())
console.log(`${STATE_MACHINES} is written.`)
