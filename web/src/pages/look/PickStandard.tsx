// What to look at: first what a moment was drawn for, then all standards by the step of the visit.
import { Text, Title } from '@mantine/core'

import type { Schemas } from '../../api/types'
import { useTexts } from '../../text/LanguageProvider'
import type { Standard } from '../standards/content'
import { Picture } from '../standards/Picture'
import type { useNames } from '../standards/useNames'
import { timeOf } from './moments'

export function PickStandard({
  standards,
  names,
  moments,
  clock,
  onPick,
}: {
  standards: Standard[]
  names: ReturnType<typeof useNames>
  moments: Schemas['LookView'][]
  /** Now, on the unit's clock. */
  clock: string
  onPick: (standard: string) => void
}) {
  const { t, named } = useTexts()
  const open = moments.filter((one) => one.until.slice(0, clock.length) >= clock)
  const isNow = (one: Schemas['LookView']) => one.at.slice(0, clock.length) <= clock
  if (standards.length === 0) return <Text>{t('look-no-standards')}</Text>
  return (
    <>
      {open.length > 0 && (
        <section aria-labelledby="drawn">
          <Title order={2} size="h5" id="drawn">
            {t('look-drawn')}
          </Title>
          <Text size="sm" c="dimmed" mb={6}>
            {t('look-drawn-note')}
          </Text>
          <ul className="picks">
            {open.map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  className="pick"
                  data-now={isNow(one) || undefined}
                  onClick={() => onPick(one.standard)}
                >
                  <span className="pick-time number">
                    {timeOf(one.at)}–{timeOf(one.until)}
                  </span>
                  <span>
                    {named(one.title)}
                    {isNow(one) && <b> · {t('look-now')}</b>}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {names.touchpoints.map(({ id, title }) => {
        const here = standards.filter((one) => one.touchpoint === id)
        if (here.length === 0) return null
        return (
          <section key={id} aria-labelledby={`at-${id}`}>
            <Title order={2} size="h5" id={`at-${id}`} mb={6}>
              {title}
            </Title>
            <ul className="picks">
              {here.map((one) => (
                <li key={one.id}>
                  <button type="button" className="pick" onClick={() => onPick(one.id)}>
                    <Picture
                      source={null}
                      kind={one.requirement.kind}
                      steps={
                        one.requirement.kind === 'sequence' ? one.requirement.steps : undefined
                      }
                      size={44}
                    />
                    <span>{named(one.title)}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </>
  )
}
