// What we agreed: everything in force, who owns it, in which version. Read-only here.
import { Badge, Code, Loader, Paper, Stack, Table, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'

import { api } from '../../api/client'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'

const KINDS = ['standard', 'indicator', 'party', 'touchpoint', 'instrument', 'team', 'mirror', 'covariate', 'attribute', 'organisation', 'unit']

export function AgreedPage() {
  const { t, named } = useTexts()
  const [wanted, setWanted] = useState('')
  const { data, error } = api.useQuery('get', '/api/v1/foundation')
  if (error) return <Problem problem={error} />
  if (!data) return <Loader aria-label={t('loading')} />
  const find = wanted.trim().toLowerCase()
  const shown = data.objects.filter(
    (one) => !find || `${one.id} ${named(one.title)} ${one.owner ?? ''}`.toLowerCase().includes(find),
  )
  return (
    <Stack gap="md" maw={1080}>
      <div>
        <Title order={1} size="h2">{t('nav-agreed')}</Title>
        <Text mt={4}>{t('agreed-lead', { version: data.version })}</Text>
      </div>
      <TextInput label={t('agreed-find')} value={wanted} onChange={(event) => setWanted(event.currentTarget.value)} maw={360} />
      {shown.length === 0 && <Text>{t('agreed-none')}</Text>}
      {KINDS.map((kind) => {
        const objects = shown.filter((one) => one.kind === kind)
        if (objects.length === 0) return null
        return (
          <Paper key={kind} className="paper" withBorder p="md" component="section" aria-label={t(`kind-${kind}`)}>
            <Title order={2} size="h4" mb="xs">
              {t(`kind-${kind}`)}{' '}
              <Badge variant="light" color="gray" c="dimmed">{objects.length}</Badge>
            </Title>
            <Table.ScrollContainer minWidth={420} maxHeight={420} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
              <Table>
                <caption className="sr-only">{t(`kind-${kind}`)}</caption>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th scope="col">{t('name')}</Table.Th>
                    <Table.Th scope="col">{t('id')}</Table.Th>
                    <Table.Th scope="col">{t('owner')}</Table.Th>
                    <Table.Th scope="col">{t('version')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {objects.map((one) => (
                    <Table.Tr key={one.id}>
                      <Table.Td>{named(one.title)}</Table.Td>
                      <Table.Td><Code>{one.id}</Code></Table.Td>
                      <Table.Td>{one.owner ?? '–'}</Table.Td>
                      <Table.Td>{one.version}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          </Paper>
        )
      })}
    </Stack>
  )
}
