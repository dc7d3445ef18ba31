// What a look says, by the kind of requirement.
import { TextInput } from '@mantine/core'

import { useTexts } from '../../text/LanguageProvider'
import type { Checklist, Range, Requirement, Rubric } from '../standards/content'
import type { Draft } from './draft'
import { StepsField } from './StepsField'
import { TimerField } from './TimerField'

interface Field<Kind> {
  requirement: Kind
  draft: Draft
  onChange: (part: Partial<Draft>) => void
}

export function SeenField({ requirement, draft, onChange }: Field<Requirement>) {
  switch (requirement.kind) {
    case 'duration':
      return <TimerField requirement={requirement} draft={draft} onChange={onChange} />
    case 'range':
      return <NumberField requirement={requirement} draft={draft} onChange={onChange} />
    case 'checklist':
      return <Ticks requirement={requirement} draft={draft} onChange={onChange} />
    case 'rubric':
      return <Scores requirement={requirement} draft={draft} onChange={onChange} />
    case 'sequence':
      return <StepsField requirement={requirement} draft={draft} onChange={onChange} />
    case 'wording':
      return <KeptOrNot draft={draft} onChange={onChange} />
  }
}

function NumberField({ requirement, draft, onChange }: Field<Range>) {
  const { t } = useTexts()
  return (
    <TextInput
      label={t('look-number', { unit: requirement.unit_of_measure })}
      inputMode="decimal"
      autoComplete="off"
      classNames={{ input: 'look-number' }}
      value={draft.number}
      onChange={(event) => onChange({ number: event.currentTarget.value })}
      rightSection={<span className="look-unit">{requirement.unit_of_measure}</span>}
      rightSectionWidth={92}
    />
  )
}

function Ticks({ requirement, draft, onChange }: Field<Checklist>) {
  const { t, named } = useTexts()
  const toggle = (list: string[], id: string) =>
    list.includes(id) ? list.filter((one) => one !== id) : [...list, id]
  return (
    <ul className="ticks">
      {requirement.items.map((item) => {
        const away = draft.notApplicable.includes(item.id)
        const title = named(item.title)
        return (
          <li key={item.id}>
            <button
              type="button"
              role="checkbox"
              className="tick"
              aria-checked={draft.ticked.includes(item.id)}
              disabled={away}
              onClick={() => onChange({ ticked: toggle(draft.ticked, item.id) })}
            >
              <svg width="30" height="30" viewBox="0 0 18 18" aria-hidden="true">
                <rect x="1.5" y="1.5" width="15" height="15" rx="4" />
                <path d="M5 9.2l2.7 2.7L13 6.4" />
              </svg>
              <span>
                {title}
                {item.counts_as === 'auto_fail' && <b className="must">{t('point-auto_fail')}</b>}
                {item.counts_as === 'bonus' && <i>{t('look-bonus')}</i>}
              </span>
            </button>
            <button
              type="button"
              className="away"
              aria-pressed={away}
              aria-label={t('look-away-of', { point: title })}
              onClick={() =>
                onChange({
                  notApplicable: toggle(draft.notApplicable, item.id),
                  ticked: draft.ticked.filter((one) => one !== item.id),
                })
              }
            >
              {t('look-away')}
            </button>
          </li>
        )
      })}
    </ul>
  )
}

function Scores({ requirement, draft, onChange }: Field<Rubric>) {
  const { t, named } = useTexts()
  const min = requirement.min ?? Math.min(...requirement.anchors.map(({ score }) => score))
  const max = requirement.max ?? Math.max(...requirement.anchors.map(({ score }) => score))
  const scores = Array.from({ length: max - min + 1 }, (_, at) => max - at)
  return (
    <div role="radiogroup" aria-label={t('look-score')} className="scores">
      {scores.map((score) => (
        <button
          key={score}
          type="button"
          role="radio"
          className="score"
          aria-checked={draft.score === score}
          onClick={() => onChange({ score })}
        >
          <b>{score}</b>
          <span>{named(requirement.anchors.find((one) => one.score === score)?.title)}</span>
        </button>
      ))}
    </div>
  )
}

function KeptOrNot({ draft, onChange }: Omit<Field<never>, 'requirement'>) {
  const { t } = useTexts()
  return (
    <div role="radiogroup" aria-label={t('look-kept-question')} className="kept-or-not">
      {([true, false] as const).map((kept) => (
        <button
          key={String(kept)}
          type="button"
          role="radio"
          className="score"
          aria-checked={draft.kept === kept}
          onClick={() => onChange({ kept })}
        >
          {t(kept ? 'look-kept' : 'look-not-kept')}
        </button>
      ))}
    </div>
  )
}
