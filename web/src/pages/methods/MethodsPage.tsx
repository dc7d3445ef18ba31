// docs/METHODS.md as a page, so that a figure's method is one step away, also where there is
// no network. A row has an address of its own.
import { Code, Stack, Table, Text, Title } from '@mantine/core'
import { useLocation } from '@tanstack/react-router'
import { Fragment, useEffect } from 'react'

import source from '../../../../docs/METHODS.md?raw'
import { useTexts } from '../../text/LanguageProvider'
import { useTitle } from '../useTitle'
import { blocks, slug } from './markdown'

const BLOCKS = blocks(source)

export function MethodsPage() {
  const { t, language } = useTexts()
  const { hash } = useLocation()
  useTitle(t('methods'))
  // The part that has the text comes after the address, so the browser cannot find the place.
  useEffect(() => {
    document.getElementById(hash)?.scrollIntoView({ block: 'center' })
  }, [hash])
  return (
    <Stack gap="md" maw={1080}>
      <Title order={1} size="h2">
        {t('methods')}
      </Title>
      {language !== 'en' && <Text c="dimmed">{t('methods-english')}</Text>}
      <div lang="en">
        {BLOCKS.map((one, at) =>
          // The page has its heading already.
          one.kind === 'heading' ? (
            at > 0 && (
              <Title key={at} order={2} size="h4" mt="lg">
                {one.text}
              </Title>
            )
          ) : one.kind === 'paragraph' ? (
            <Text key={at} my="sm" maw={820}>
              <Inline text={one.text} />
            </Text>
          ) : (
            <MethodsTable key={at} head={one.head} rows={one.rows} chosen={hash} />
          ),
        )}
      </div>
    </Stack>
  )
}

function MethodsTable({
  head,
  rows,
  chosen,
}: {
  head: string[]
  rows: string[][]
  chosen: string
}) {
  const { t } = useTexts()
  return (
    <Table.ScrollContainer
      minWidth={560}
      scrollAreaProps={{
        viewportProps: { tabIndex: 0, role: 'group', 'aria-label': t('methods') },
      }}
    >
      <Table fz="sm" className="paper" withTableBorder verticalSpacing="sm" data-results="none">
        <Table.Thead>
          <Table.Tr>
            {head.map((name) => (
              <Table.Th key={name} scope="col">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(([name, ...cells]) => (
            <Table.Tr key={name} id={slug(name)} data-chosen={slug(name) === chosen || undefined}>
              <Table.Th scope="row" fw={500}>
                {name}
              </Table.Th>
              {cells.map((cell, at) => (
                <Table.Td key={at}>
                  <Inline text={cell} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

/** Text with `code` and **names** in it. */
function Inline({ text }: { text: string }) {
  return text
    .split(/(`[^`]*`|\*\*[^*]+\*\*)/)
    .map((part, at) =>
      part.startsWith('`') ? (
        <Code key={at}>{part.slice(1, -1)}</Code>
      ) : part.startsWith('**') ? (
        <strong key={at}>{part.slice(2, -2)}</strong>
      ) : (
        <Fragment key={at}>{part}</Fragment>
      ),
    )
}
