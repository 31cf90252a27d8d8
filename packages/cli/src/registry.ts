import type { Verb } from './verb.ts'
import { configCheck } from './verbs/config-check.ts'
import { configPrint } from './verbs/config-print.ts'
import { dbMigrate } from './verbs/db-migrate.ts'
import { demo } from './verbs/demo.ts'
import { doctor } from './verbs/doctor.ts'
import { exiDecode } from './verbs/exi-decode.ts'
import { exiEncode } from './verbs/exi-encode.ts'
import { ocppCall } from './verbs/ocpp-call.ts'
import { pkiTest } from './verbs/pki-test.ts'
import { planSiteVerb } from './verbs/plan-site.ts'
import { sessionList } from './verbs/session-list.ts'
import { sessionStop } from './verbs/session-stop.ts'
import { simReplay } from './verbs/sim-replay.ts'
import { simRun } from './verbs/sim-run.ts'
import { start } from './verbs/start.ts'
import { stationList } from './verbs/station-list.ts'
import { stationShow } from './verbs/station-show.ts'
import { tokenBlock } from './verbs/token-block.ts'
import { v2gEvcc } from './verbs/v2g-evcc.ts'
import { v2gInspect } from './verbs/v2g-inspect.ts'
import { v2gSecc } from './verbs/v2g-secc.ts'

/** Every verb of the program, in the order of the help: one file each, one line here. */
export const REGISTRY: readonly Verb[] = [
  start,
  demo,
  doctor,
  configCheck,
  configPrint,
  dbMigrate,
  stationList,
  stationShow,
  ocppCall,
  sessionList,
  sessionStop,
  tokenBlock,
  planSiteVerb,
  exiDecode,
  exiEncode,
  v2gInspect,
  v2gSecc,
  v2gEvcc,
  pkiTest,
  simRun,
  simReplay,
]
