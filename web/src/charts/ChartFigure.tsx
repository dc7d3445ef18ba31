// The one accessible figure: a title, the finding in words, the picture, the same numbers as
// a table, how they were computed, and files to take away. Arrow keys walk through the
// points and a screen reader speaks each; Enter opens one where that means something.
import {
  ActionIcon,
  Group,
  Menu,
  Paper,
  Table,
  Text,
  Title,
  useComputedColorScheme,
} from '@mantine/core'
import type { EChartsOption, EChartsType } from 'echarts'
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'

import type { Method } from '../pages/methods/anchors'
import { MethodLink } from '../pages/methods/MethodLink'
import { useTexts } from '../text/LanguageProvider'
import { measure } from './measure'
import { saveCsv, savePng, saveSvg, type FigureTable } from './save'
import { dark, light, type ChartTheme } from './theme'

export interface ChartFigureProps {
  title: string
  /** The finding, in words: under the title, and read first by a screen reader. */
  finding: string
  /** How the numbers came about, in one plain sentence. */
  method?: string
  snapshot?: string
  option: (theme: ChartTheme) => EChartsOption
  table: FigureTable
  /** What is said of each point, in the order of the series' data. */
  spoken: string[]
  /** The series that arrow keys walk through. */
  focusSeries: number
  height?: number
  narrowHeight?: number
  /** The point that is shown at first, as if somebody had walked to it. */
  start?: number
  /** Called with a point's index: a click on it, or Enter. */
  onPick?: (point: number) => void
  /** Without frame and visible title: inside a card that has them. */
  bare?: boolean
  level?: 2 | 3 | 4
  /** Where docs/METHODS.md says more. */
  anchor?: Method
  /** Between finding and picture: a legend. */
  children?: ReactNode
  /** Under the picture, also where it is shown as a table. */
  below?: ReactNode
}

export default function ChartFigure(props: ChartFigureProps) {
  const { title, finding, method, snapshot, option, table, spoken, focusSeries, onPick, bare } =
    props
  const { height = 320, narrowHeight = height, level = 3 } = props
  const { t } = useTexts()
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType | null>(null)
  const [ready, setReady] = useState(false)
  const [at, setAt] = useState(-1)
  const [asTable, setAsTable] = useState(false)
  const scheme = useComputedColorScheme('light')
  const theme = scheme === 'dark' ? dark : light
  const id = useId()
  const pick = useRef(onPick)
  pick.current = onPick
  const start = useRef(props.start ?? -1)

  useEffect(() => {
    if (asTable) return
    let gone = false
    let observer: ResizeObserver | undefined
    // ECharts is a third of everything; pages that draw nothing do not load it.
    void import('./engine').then(({ init }) => {
      if (gone || !box.current) return
      const made = init(box.current, null, { renderer: 'svg' }) as unknown as EChartsType
      chart.current = made
      made.on('click', (event) => {
        if (event.seriesIndex === focusSeries) pick.current?.(event.dataIndex)
      })
      observer = new ResizeObserver(() => {
        made.resize()
        const [width, height] = [made.getWidth(), made.getHeight()]
        made.setOption(option({ ...theme, narrow: width < 480, width, height, measure }), true)
        if (start.current >= 0) {
          setAt(start.current)
          made.dispatchAction({
            type: 'showTip',
            seriesIndex: focusSeries,
            dataIndex: start.current,
          })
          start.current = -1
        }
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
  }, [option, theme, asTable, focusSeries])

  const leave = () => {
    chart.current?.dispatchAction({ type: 'hideTip' })
    setAt(-1)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && at >= 0) {
      // Only the tip goes; a drawer around the figure stays open.
      event.stopPropagation()
      return leave()
    }
    if ((event.key === 'Enter' || event.key === ' ') && at >= 0 && onPick) {
      event.preventDefault()
      return onPick(at)
    }
    const last = spoken.length - 1
    if (last < 0) return
    const next = {
      ArrowRight: at >= last ? 0 : at + 1,
      ArrowDown: at >= last ? 0 : at + 1,
      ArrowLeft: at <= 0 ? last : at - 1,
      ArrowUp: at <= 0 ? last : at - 1,
      Home: 0,
      End: last,
    }[event.key]
    if (next === undefined) return
    event.preventDefault()
    setAt(next)
    chart.current?.dispatchAction({ type: 'showTip', seriesIndex: focusSeries, dataIndex: next })
  }
  const drawn = () => chart.current?.renderToSVGString() ?? ''

  const body = (
    <>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <figcaption className={bare ? 'sr-only' : undefined}>
          <Title order={level} size="h4" id={`${id}t`}>
            {title}
          </Title>
          <Text size="sm" id={`${id}s`} mt={4}>
            {finding}
          </Text>
        </figcaption>
        <Menu
          position="bottom-end"
          withinPortal
          withInitialFocusPlaceholder={false}
          transitionProps={{ duration: 0 }}
        >
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              c="dimmed"
              aria-label={t('figure-options', { title })}
              className={bare ? 'no-print figure-menu' : 'no-print'}
            >
              <span aria-hidden="true">⋯</span>
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setAsTable(!asTable)}>
              {t(asTable ? 'figure-chart' : 'figure-table')}
            </Menu.Item>
            <Menu.Item onClick={() => saveCsv(title, table)}>CSV</Menu.Item>
            <Menu.Item disabled={asTable} onClick={() => saveSvg(title, drawn())}>
              SVG
            </Menu.Item>
            <Menu.Item
              disabled={asTable}
              onClick={() => void savePng(title, drawn(), theme.surface)}
            >
              PNG
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {props.children}
      {asTable ? (
        <FigureTableView title={title} table={table} height={Math.max(height, 240)} />
      ) : (
        <div
          role="application"
          aria-roledescription={t('figure-role')}
          aria-labelledby={`${id}t ${id}s`}
          aria-describedby={`${id}h`}
          tabIndex={0}
          onKeyDown={onKeyDown}
          onBlur={leave}
          className="chart-focus"
        >
          <div
            ref={box}
            className="chart-box"
            style={{ '--wide': `${height}px`, '--narrow': `${narrowHeight}px` } as object}
            aria-hidden="true"
            data-ready={ready}
          />
          <span id={`${id}h`} hidden>
            {t(onPick ? 'figure-keys-open' : 'figure-keys')}
          </span>
        </div>
      )}
      {props.below}
      {(method || snapshot) && (
        <Text size="xs" c="dimmed" mt={6}>
          {method} {snapshot && t('snapshot', { snapshot })}{' '}
          {props.anchor && <MethodLink anchor={props.anchor} about={title} />}
        </Text>
      )}
      <span className="sr-only" aria-live="polite">
        {at >= 0 ? spoken[at] : ''}
      </span>
    </>
  )
  return bare ? (
    <figure className="figure-bare" aria-labelledby={`${id}t`} data-snapshot={snapshot}>
      {body}
    </figure>
  ) : (
    <Paper
      component="figure"
      className="paper"
      withBorder
      p="md"
      m={0}
      aria-labelledby={`${id}t`}
      data-snapshot={snapshot}
    >
      {body}
    </Paper>
  )
}

function FigureTableView({
  title,
  table,
  height,
}: {
  title: string
  table: FigureTable
  height: number
}) {
  return (
    <Table.ScrollContainer
      minWidth={360}
      maxHeight={height}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'group', 'aria-label': title } }}
    >
      <Table striped stickyHeader fz="sm">
        <caption className="sr-only">{title}</caption>
        <Table.Thead>
          <Table.Tr>
            {table.head.map((name, column) => (
              <Table.Th key={column} scope="col" data-column={table.columns[column]}>
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {table.rows.map((row, index) => (
            <Table.Tr key={index}>
              {row.map((cell, column) =>
                column === 0 ? (
                  <Table.Th key={column} scope="row" fw={500}>
                    {cell}
                  </Table.Th>
                ) : (
                  <Table.Td key={column}>{cell}</Table.Td>
                ),
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
