// What we agreed: everything in force, who owns it, in which version. Read-only here.
import { Code, Loader, Paper, Stack, Table, Text, TextInput, Title } from '@mantine/core'
import { Navigate } from '@tanstack/react-router'
import { useState } from 'react'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import { value as valueWords } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'
import { useTitle } from '../useTitle'

/** In the order in which people ask: who, what is promised, what is measured; units last. */
const KINDS = [
  'party',
  'standard',
  'indicator',
  'touchpoint',
  'instrument',
  'mirror',
  'covariate',
  'attribute',
  'team',
  'calendar',
  'organisation',
  'unit',
]

type Found = Schemas['ObjectView']

export function AgreedPage() {
  const { t, named } = useTexts()
  useTitle(t('nav-agreed'))
  const [wanted, setWanted] = useState('')
  const { data, error } = api.useQuery('get', '/api/v1/foundation')
  if (error) return <Problem problem={error} />
  if (!data) return <Loader aria-label={t('loading')} />
  if (data.version === 0) return <Navigate to="/start" />
  const find = wanted.trim().toLowerCase()
  const shown = data.objects.filter(
    (one) =>
      !find || `${one.id} ${named(one.title)} ${one.owner ?? ''}`.toLowerCase().includes(find),
  )
  const title = (kind: string, id: unknown) =>
    named(data.objects.find((one) => one.kind === kind && one.id === id)?.title) || String(id ?? '')
  return (
    <Stack gap="md" maw={1080}>
      <div>
        <Title order={1} size="h2">
          {t('nav-agreed')}
        </Title>
        <Text mt={4}>{t('agreed-lead', { version: String(data.version) })}</Text>
      </div>
      <TextInput
        label={t('agreed-find')}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
        maw={360}
      />
      {shown.length === 0 && <Text role="status">{t('agreed-none')}</Text>}
      {KINDS.map((kind) => {
        const objects = shown.filter((one) => one.kind === kind)
        return objects.length === 0 ? null : (
          <Objects key={kind} kind={kind} objects={objects} title={title} />
        )
      })}
    </Stack>
  )
}

function Objects({
  kind,
  objects,
  title,
}: {
  kind: string
  objects: Found[]
  title: (kind: string, id: unknown) => string
}) {
  const { t, named } = useTexts()
  const about = useAbout(title)
  const heading = t(`kind-${kind}`)
  return (
    <Paper className="paper" withBorder p="md" component="section" aria-label={heading}>
      <Title order={2} size="h4" mb="xs">
        {heading}{' '}
        <Text span c="dimmed" fw={400}>
          {objects.length}
        </Text>
      </Title>
      <Table.ScrollContainer
        minWidth={560}
        maxHeight={440}
        scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'group', 'aria-label': heading } }}
      >
        <Table fz="sm" data-results="none">
          <caption className="sr-only">{heading}</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('name')}</Table.Th>
              <Table.Th scope="col">{t('about')}</Table.Th>
              <Table.Th scope="col">{t('owner')}</Table.Th>
              <Table.Th scope="col">{t('version')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {objects.map((one) => (
              <Table.Tr key={one.id}>
                <Table.Th scope="row" fw={500}>
                  {named(one.title)}
                  <br />
                  <Code>{one.id}</Code>
                </Table.Th>
                <Table.Td>{about(one)}</Table.Td>
                <Table.Td>{one.owner ? title('team', one.owner) : '–'}</Table.Td>
                <Table.Td className="number">{one.version}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  )
}

/** One line about an object: who owes it to whom, of whom it is, its target. */
function useAbout(title: (kind: string, id: unknown) => string) {
  const { t, language } = useTexts()
  return ({ kind, content }: Found): string => {
    const found = (content ?? {}) as Record<string, unknown>
    const target =
      typeof found.target === 'number'
        ? t('target', {
            target: valueWords(
              language,
              (kind === 'standard' ? 'conformance' : found.kind) as Schemas['IndicatorKind'],
              found.target,
            ),
          })
        : ''
    switch (kind) {
      case 'standard':
        return [
          t('about-standard', {
            by: title('party', found.owed_by),
            to: title('party', found.owed_to),
          }),
          target,
        ].join(' ')
      case 'indicator':
        return [found.party ? title('party', found.party) + '.' : '', target].join(' ').trim()
      case 'party':
        return Number(found.minimum_n ?? 1) > 1
          ? t('about-party', { minimum: Number(found.minimum_n) })
          : ''
      case 'touchpoint':
        return Array.isArray(found.parties)
          ? found.parties.map((id) => title('party', id)).join(', ')
          : ''
      case 'instrument':
        return found.party ? title('party', found.party) : ''
      case 'unit':
        return found.parent ? title('unit', found.parent) : ''
      default:
        return ''
    }
  }
}
