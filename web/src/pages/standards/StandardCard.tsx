// One promise in the register.
import { Anchor, Group, Paper, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'

import type { Schemas } from '../../api/types'
import { day as dayWords, percent } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { standardOf } from './content'
import { Picture } from './Picture'
import { Sparkline } from './Sparkline'
import type { useNames } from './useNames'
import { Share, useVerdictWords, VerdictBadge } from './Verdict'

export function pictureOf(standard: Schemas['StandardRef'], version: number | null) {
  return standard.picture ? `/api/v1/standards/${standard.id}/picture?v=${version ?? 0}` : null
}

export function StandardCard({
  row,
  names,
}: {
  row: Schemas['StandardRow']
  names: ReturnType<typeof useNames>
}) {
  const { t, named, language } = useTexts()
  const words = useVerdictWords()
  const { standard, verdict } = row
  const content = standardOf(
    names.objects.find((one) => one.kind === 'standard' && one.id === standard.id)?.content,
  )
  const steps = content?.requirement.kind === 'sequence' ? content.requirement.steps : undefined
  const { notes } = words(verdict)
  const snapshot = verdict.share.snapshot
  return (
    <Paper
      className="paper card standard-card"
      withBorder
      p="md"
      data-retired={row.retired || undefined}
      data-snapshot={snapshot || undefined}
    >
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Picture
          source={pictureOf(standard, row.version)}
          kind={standard.requirement}
          steps={steps}
        />
        <div style={{ minWidth: 0, flex: 1 }}>
          <Title order={3} size="md" fw={600} lh={1.3}>
            <Anchor
              inherit
              c="inherit"
              className="card-link"
              renderRoot={(props) => (
                <Link {...props} to="/standards/$id" params={{ id: standard.id }} />
              )}
            >
              {named(standard.title)}
            </Anchor>
          </Title>
          <Text size="sm" c="dimmed" mt={2}>
            {t('owes', {
              by: names.name('party', standard.owed_by),
              to: names.name('party', standard.owed_to),
            })}
          </Text>
          <Text size="sm" c="dimmed">
            {t(`dimension-${standard.dimension}`)} · {named(standard.owner_title) || standard.owner}
          </Text>
        </div>
      </Group>
      {row.retired ? (
        <Text size="sm" mt="sm">
          {row.retired_from
            ? t('retired-from', { day: dayWords(language, row.retired_from) })
            : t('retired')}
        </Text>
      ) : (
        <>
          <Group justify="space-between" align="flex-end" mt="sm" gap="xs" wrap="wrap">
            <div>
              <VerdictBadge outcome={verdict.outcome} />
              {verdict.share.status === 'estimate' && <Share verdict={verdict} />}
            </div>
            <Sparkline trend={row.trend} target={verdict.target ?? standard.target} />
          </Group>
          <Text size="sm" mt={6}>
            {t('target', { target: percent(language, verdict.target ?? standard.target) })}{' '}
            {verdict.outcome === 'none' ? notes.join(' ') : notes.slice(1).join(' ')}
          </Text>
        </>
      )}
      {snapshot && (
        <Text size="xs" c="dimmed" mt="auto" pt={6}>
          {t('snapshot', { snapshot })}
        </Text>
      )}
    </Paper>
  )
}
