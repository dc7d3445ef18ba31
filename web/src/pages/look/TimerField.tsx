// A clock to start and stop, as large as a thumb. It runs by the time of day, not by counting, so
// that a locked phone or a reload costs no second.
import { Button, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'

import { clock, duration } from '../../text/duration'
import { useTexts } from '../../text/LanguageProvider'
import type { Duration } from '../standards/content'
import type { Draft } from './draft'

export function TimerField({
  requirement,
  draft,
  onChange,
}: {
  requirement: Duration
  draft: Draft
  onChange: (part: Partial<Draft>) => void
}) {
  const { t, language } = useTexts()
  const running = draft.startedAt !== null && draft.stoppedAt === null
  const now = useNow(running)
  const until = draft.stoppedAt ?? now
  const seconds = draft.startedAt === null ? 0 : (until - draft.startedAt) / 1000
  const over = seconds > requirement.within
  const press = () => {
    if (running) return onChange({ stoppedAt: Date.now() })
    onChange({ startedAt: Date.now(), stoppedAt: null, minutes: '' })
  }
  const said = running ? 'stop' : draft.startedAt === null ? 'start' : 'again'
  return (
    <div className="timer-field">
      <button
        type="button"
        className="timer"
        data-running={running || undefined}
        data-over={over || undefined}
        onClick={press}
      >
        <span role="timer" className="number">
          {clock(seconds)}
        </span>
        <b>{t(`timer-${said}`)}</b>
      </button>
      {draft.stoppedAt !== null && (
        <span role="status">
          {t(over ? 'timer-over' : 'timer-within', {
            seconds: duration(language, Math.round(seconds), 'short'),
            within: duration(language, requirement.within, 'short'),
          })}
        </span>
      )}
      {draft.startedAt === null ? (
        <TextInput
          size="md"
          label={t('timer-minutes')}
          inputMode="decimal"
          autoComplete="off"
          value={draft.minutes}
          onChange={(event) => onChange({ minutes: event.currentTarget.value })}
        />
      ) : (
        <Button
          variant="subtle"
          size="md"
          onClick={() => onChange({ startedAt: null, stoppedAt: null })}
        >
          {t('timer-clear')}
        </Button>
      )}
    </div>
  )
}

function useNow(running: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!running) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [running])
  return now
}
