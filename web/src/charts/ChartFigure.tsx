// The one accessible figure: a title, the finding in words, the picture, the same data as
// a table, how it was computed, and files to take away. Arrow keys walk through the rows
// and a screen reader speaks them.
import { ActionIcon, Group, Menu, Paper, Skeleton, Table, Text, Title, useComputedColorScheme } from '@mantine/core'
import type { EChartsOption, EChartsType } from 'echarts'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'

import { useTexts } from '../text/LanguageProvider'
import { dark, light, type ChartTheme } from './theme'

export interface ChartFigureProps {
  title: string
  /** The finding, in words: under the title, and read first by a screen reader. */
  finding: string
  /** How the numbers came about, in one plain sentence. */
  method: string
  option: (theme: ChartTheme) => EChartsOption
  table: { head: string[]; rows: string[][] }
  /** The series that arrow keys walk through. */
  focusSeries: number
  height?: number
  /** Called with a row's index: a click on its point, or Enter. */
  onPick?: (row: number) => void
  /** Without frame and title: inside a card that has them. */
  bare?: boolean
}

function save(name: string, url: string) {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
}

function csv(table: ChartFigureProps['table']): string {
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return [table.head, ...table.rows].map((row) => row.map(cell).join(',')).join('\n')
}

export default function ChartFigure(props: ChartFigureProps) {
  const { title, finding, method, option, table, focusSeries, height = 320, onPick, bare } = props
  const { t } = useTexts()
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType | null>(null)
  const [ready, setReady] = useState(false)
  const [at, setAt] = useState(-1)
  const [asTable, setAsTable] = useState(false)
  const scheme = useComputedColorScheme('light')
  const id = useId()
  const pick = useRef(onPick)
  pick.current = onPick

  useEffect(() => {
    if (asTable) return
    let gone = false
    let observer: ResizeObserver | undefined
    void import('./engine').then(({ init }) => {
      if (gone || !box.current) return
      const made = init(box.current, null, { renderer: 'svg' }) as unknown as EChartsType
      chart.current = made
      made.on('click', (event) => {
        if (event.seriesIndex === focusSeries) pick.current?.(event.dataIndex)
      })
      observer = new ResizeObserver(() => {
        made.resize()
        const theme = scheme === 'dark' ? dark : light
        made.setOption(option({ ...theme, narrow: made.getWidth() < 480 }), true)
      })
      observer.observe(box.current)
      setReady(true)
    })
    return () => {
      gone = true
      observer?.disconnect()
      chart.current?.dispose()
      chart.current = null
    }
  }, [option, scheme, asTable, focusSeries])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      chart.current?.dispatchAction({ type: 'hideTip' })
      return setAt(-1)
    }
    if (event.key === 'Enter' && at >= 0) return onPick?.(at)
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (!step || table.rows.length === 0) return
    event.preventDefault()
    const next = (Math.max(at, step > 0 ? -1 : 0) + step + table.rows.length) % table.rows.length
    setAt(next)
    chart.current?.dispatchAction({ type: 'showTip', seriesIndex: focusSeries, dataIndex: next })
  }

  const svg = () => 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(chart.current?.renderToSVGString() ?? '')
  const png = async () => {
    const image = new Image()
    image.src = svg()
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.width * 2
    canvas.height = image.height * 2
    const paper = canvas.getContext('2d')!
    paper.fillStyle = scheme === 'dark' ? dark.surface : light.surface
    paper.fillRect(0, 0, canvas.width, canvas.height)
    paper.drawImage(image, 0, 0, canvas.width, canvas.height)
    save(`${title}.png`, canvas.toDataURL())
  }

  const body = (
    <>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <figcaption>
          <Title order={bare ? 4 : 3} size={bare ? 'sm' : 'h4'} id={`${id}t`} className={bare ? 'sr-only' : undefined}>
            {title}
          </Title>
          <Text size="sm" id={`${id}s`} mt={bare ? 0 : 2} className={bare ? 'sr-only' : undefined}>
            {finding}
          </Text>
        </figcaption>
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" c="dimmed" aria-label={t('figure-options', { title })} className="no-print">
              <span aria-hidden="true">⋯</span>
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setAsTable(!asTable)}>{t(asTable ? 'figure-chart' : 'figure-table')}</Menu.Item>
            <Menu.Item onClick={() => save(`${title}.csv`, 'data:text/csv;charset=utf-8,' + encodeURIComponent(csv(table)))}>CSV</Menu.Item>
            <Menu.Item disabled={asTable} onClick={() => save(`${title}.svg`, svg())}>SVG</Menu.Item>
            <Menu.Item disabled={asTable} onClick={() => void png()}>PNG</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {asTable ? (
        <Table.ScrollContainer minWidth={360} maxHeight={Math.max(height, 240)} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table striped stickyHeader>
            <caption className="sr-only">{title}</caption>
            <Table.Thead>
              <Table.Tr>
                {table.head.map((name) => (
                  <Table.Th key={name} scope="col">{name}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {table.rows.map((row, index) => (
                <Table.Tr key={index}>
                  {row.map((cell, column) => (
                    <Table.Td key={column}>{cell}</Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : (
        <div
          role="application"
          aria-roledescription={t('figure-role')}
          aria-labelledby={`${id}t ${id}s`}
          tabIndex={0}
          onKeyDown={onKeyDown}
          className="chart-focus"
        >
          {!ready && <Skeleton height={height} style={{ position: 'absolute', width: 1, opacity: 0 }} />}
          <div ref={box} style={{ height }} aria-hidden="true" data-ready={ready} />
        </div>
      )}
      {method && (
        <Text size="xs" c="dimmed" mt={6}>
          {method}
        </Text>
      )}
      <span className="sr-only" aria-live="polite">
        {at >= 0 ? table.head.map((name, column) => `${name} ${table.rows[at]?.[column] ?? ''}`).join(', ') : ''}
      </span>
    </>
  )
  return bare ? (
    <figure style={{ margin: 0, position: 'relative' }} aria-labelledby={`${id}t`}>{body}</figure>
  ) : (
    <Paper component="figure" className="paper" withBorder p="md" m={0} pos="relative" aria-labelledby={`${id}t`}>
      {body}
    </Paper>
  )
}
