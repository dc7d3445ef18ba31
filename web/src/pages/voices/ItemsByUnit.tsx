// Every question by itself: may its answers be reported by unit?
import { Paper, Text, Title } from '@mantine/core'

import type { Schemas } from '../../api/types'
import { useTexts } from '../../text/LanguageProvider'
import { MethodLink } from '../methods/MethodLink'
import { useCoefficient, useGateWords } from './useCoefficient'

export function ItemsByUnit({ view, unit }: { view: Schemas['ReliabilityView']; unit: string }) {
  const { t, named } = useTexts()
  const told = useCoefficient()
  const verdict = useGateWords()
  const title = t('trust-items', { instrument: named(view.of.title), unit })
  return (
    <Paper className="paper" withBorder p="md" component="section" aria-label={title}>
      <Title order={3} size="h4" mb="sm">
        {title}
      </Title>
      <ul className="letters">
        {view.items.map(({ item, units }) => (
          <li key={item.id}>
            <div>
              <Text size="sm" fw={600}>
                {named(item.title)}
              </Text>
              {units.icc1.status === 'hidden' ? (
                <Text size="sm" c="dimmed">
                  {told(units.icc1).all}
                </Text>
              ) : (
                <>
                  <Text size="sm" className="number">
                    ICC(1) {told(units.icc1).all}; ICC(2) {told(units.icc2).all}; rwg{' '}
                    {told(units.rwg_median).all}.
                  </Text>
                  <Text size="sm" c="dimmed">
                    {verdict(units, unit)}
                  </Text>
                </>
              )}
            </div>
          </li>
        ))}
      </ul>
      <Text size="xs" c="dimmed" mt={6}>
        {t('trust-items-method', { unit })} {t('snapshot', { snapshot: view.snapshot })}{' '}
        <MethodLink anchor="units" about={title} />
      </Text>
    </Paper>
  )
}
