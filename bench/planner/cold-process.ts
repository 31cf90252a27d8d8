import { planSite } from '@voltway/domain/planning/site'
import { readProblem } from './frozen-instances.ts'

// The first plan of a fresh process, from the problem in hand to plan and certificate. Modules are loaded and the file is read before;
// of what plans, nothing has run yet, so that this is mostly V8 compiling it and the system handing out fresh memory.
const problem = readProblem(process.argv[2] ?? '')
const before = process.memoryUsage().rss
const began = performance.now()
const result = planSite(problem)
const milliseconds = performance.now() - began
console.log(
  JSON.stringify({
    ok: result.ok,
    milliseconds,
    grewMb: (process.memoryUsage().rss - before) / 2 ** 20,
    peakMb: process.resourceUsage().maxRSS / 1024,
  }),
)
