import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Page } from '../layout/page.tsx'
import { text } from '../text.ts'

interface Step {
  readonly question: Parameters<typeof text>[0]
  readonly answers: readonly {
    readonly label: Parameters<typeof text>[0]
    readonly next?: number
    readonly advice?: Parameters<typeof text>[0]
  }[]
}

/** One question at a time, from what is most often the matter to what is least. */
const STEPS: readonly Step[] = [
  {
    question: 'helpCable',
    answers: [
      { label: 'helpYes', next: 1 },
      { label: 'helpNo', advice: 'helpPlugFirmly' },
    ],
  },
  {
    question: 'helpDisplay',
    answers: [
      { label: 'helpDisplayError', advice: 'helpOtherConnector' },
      { label: 'helpDisplayReserved', advice: 'helpUseCode' },
      { label: 'helpDisplayReady', next: 2 },
      { label: 'helpDisplayDark', advice: 'helpOtherConnector' },
    ],
  },
  {
    question: 'helpCar',
    answers: [
      { label: 'helpYes', advice: 'helpCarTimer' },
      { label: 'helpNo', next: 3 },
    ],
  },
  {
    question: 'helpRetry',
    answers: [
      { label: 'helpYes', advice: 'helpOtherConnector' },
      { label: 'helpNo', advice: 'helpReplug' },
    ],
  },
]

/** It did not start: asked step by step, until there is something to do. */
export const HelpPage = () => {
  const [at, setAt] = useState(0)
  const [advice, setAdvice] = useState<Parameters<typeof text>[0]>()
  const step = STEPS[at]
  return (
    <Page title={text('didNotStart')} back="/start">
      {advice ? (
        <section className="vw-card" aria-live="polite">
          <h2>{text('helpTry')}</h2>
          <p>{text(advice)}</p>
          <div className="vw-actions">
            <Link to="/start" className="vw-button vw-button-main">
              {text('tryAgain')}
            </Link>
            <Link to="/" className="vw-button">
              {text('findAnother')}
            </Link>
            <button
              type="button"
              className="vw-button"
              onClick={() => {
                setAdvice(undefined)
                setAt(0)
              }}
            >
              {text('startOver')}
            </button>
          </div>
        </section>
      ) : (
        step && (
          <section className="vw-card" aria-live="polite">
            <p className="vw-muted">{text('helpStep', { step: at + 1, steps: STEPS.length })}</p>
            <h2>{text(step.question)}</h2>
            <div className="vw-answers">
              {step.answers.map(({ label, next, advice: then }) => (
                <button
                  key={label}
                  type="button"
                  className="vw-button"
                  onClick={() => (next === undefined ? setAdvice(then) : setAt(next))}
                >
                  {text(label)}
                </button>
              ))}
            </div>
          </section>
        )
      )}
    </Page>
  )
}
