// One case: which promise, where, what the signal was, what people did about it, and the way to the
// point of the chart that it is about.
import { Group, List, Paper, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'

import type { Schemas } from '../../api/types'
import { moment } from '../../text/format'
import { personName } from '../../text/person'
import { useTexts } from '../../text/LanguageProvider'
import { StepBox } from './StepBox'
import { useSignalWords } from './useSignalWords'

export function CaseCard({ found }: { found: Schemas['CaseView'] }) {
  const { t, named, language } = useTexts()
  const words = useSignalWords()
  const title = named(found.standard_title) || found.standard
  const name = t('case-name', { standard: title, unit: words.where(found) })
  return (
    <Paper
      className="paper case"
      withBorder
      p="md"
      component="article"
      aria-labelledby={`case-${found.id}`}
      data-state={found.state}
    >
      <Title order={3} size="h4" id={`case-${found.id}`}>
        {title}
      </Title>
      <Text size="sm" c="dimmed">
        {[words.where(found), words.when(found)].join(' · ')}
      </Text>
      <Text mt="xs">{words.sentence(found)}</Text>
      <Text size="sm" mt={4}>
        <Link
          to="/standards/$id"
          params={{ id: found.standard }}
          search={{ unit: found.unit?.id, by: 'month', at: found.points[0] }}
          hash="delivery"
          aria-label={t('case-chart-of', { name })}
        >
          {t('case-chart')}
        </Link>
      </Text>
      {found.steps.length > 0 && (
        <List size="sm" spacing={4} mt="xs">
          {found.steps.map((step, at) => (
            <List.Item key={at}>
              {t(`case-did-${step.step}`, {
                who: personName(step.author),
                at: moment(language, step.at),
              })}
              {step.words && <q className="said"> {step.words}</q>}
            </List.Item>
          ))}
        </List>
      )}
      <Text size="sm" c="dimmed" mt="xs">
        {[
          found.owner
            ? t('case-owner', { owner: named(found.owner_title) || found.owner })
            : t('case-retired'),
          t('case-found', { at: moment(language, found.opened_at) }),
        ].join(' ')}
      </Text>
      {found.may_step && (
        <Group mt="sm">
          <StepBox key={found.state} found={found} name={name} />
        </Group>
      )}
    </Paper>
  )
}
