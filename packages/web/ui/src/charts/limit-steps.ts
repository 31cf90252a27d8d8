import type { PowerSpan } from './plan-chart.tsx'

/** A limit over a time in steps: caps lower it, and are all of it where there is no other. Where nothing limits there is no step. */
export const limitSteps = (
  limitW: number | undefined,
  caps: readonly PowerSpan[],
  { from, to }: { readonly from: string; readonly to: string },
): readonly PowerSpan[] => {
  const inside = caps.filter((cap) => Date.parse(cap.to) > Date.parse(from) && Date.parse(cap.from) < Date.parse(to))
  const edges = [from, ...inside.flatMap((cap) => [cap.from, cap.to]), to]
    .filter((edge) => Date.parse(edge) >= Date.parse(from) && Date.parse(edge) <= Date.parse(to))
    .sort((a, b) => Date.parse(a) - Date.parse(b))
  const steps: { readonly from: string; to: string; readonly powerW: number }[] = []
  edges.slice(1).forEach((end, index) => {
    const start = edges[index] ?? from
    const holding = inside.filter((cap) => Date.parse(cap.from) <= Date.parse(start) && Date.parse(cap.to) >= Date.parse(end))
    const powerW = Math.min(limitW ?? Number.POSITIVE_INFINITY, ...holding.map((cap) => cap.powerW))
    if (Date.parse(start) === Date.parse(end) || powerW === Number.POSITIVE_INFINITY) return
    const last = steps.at(-1)
    if (last && last.powerW === powerW && last.to === start) last.to = end
    else steps.push({ from: start, to: end, powerW })
  })
  return steps
}
