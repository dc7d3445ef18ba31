// What waits on this phone and what was sent, so that nobody has to wonder.
import { Button, Paper, Text, Title } from '@mantine/core'

import { moment } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { remove, type Entry } from './store'
import type { Queue } from './useQueue'

const SENT_SHOWN = 5

export function QueueList({ queue }: { queue: Queue }) {
  const { t } = useTexts()
  const waiting = queue.entries.filter((one) => one.state === 'waiting')
  const refused = queue.entries.filter((one) => one.state === 'refused')
  const sent = queue.entries.filter((one) => one.state === 'sent').reverse()
  const state = queue.signedOut ? 'signed_out' : queue.cutOff ? 'cut_off' : 'on_the_way'
  return (
    <Paper
      className="paper"
      withBorder
      p="md"
      component="section"
      aria-labelledby="queue"
      data-waiting={waiting.length}
      data-sent={sent.length}
    >
      <Title order={2} size="h5" id="queue">
        {t('queue')}
      </Title>
      <Text size="sm" role="status">
        {waiting.length === 0
          ? t(queue.cutOff ? 'queue-empty-cut-off' : 'queue-empty')
          : `${t('queue-waiting', { count: waiting.length })} ${t(`queue-${state}`)}`}
      </Text>
      {queue.others > 0 && <Text size="sm">{t('queue-others', { count: queue.others })}</Text>}
      {waiting.length > 0 && (
        <Button variant="default" size="md" mt="xs" loading={queue.sending} onClick={queue.tryNow}>
          {t('queue-try')}
        </Button>
      )}
      <ul className="queue">
        {[...refused, ...waiting, ...sent.slice(0, SENT_SHOWN)].map((entry) => (
          <Line key={entry.key} entry={entry} />
        ))}
      </ul>
    </Paper>
  )
}

function Line({ entry }: { entry: Entry }) {
  const { t, language } = useTexts()
  const outcome =
    entry.state === 'sent'
      ? t(
          entry.kept === null
            ? 'queue-sent'
            : entry.kept
              ? 'queue-sent-kept'
              : 'queue-sent-deviated',
        )
      : t(`queue-state-${entry.state}`)
  return (
    <li data-state={entry.state}>
      <span>
        <b>{entry.title}</b>
        <br />
        <Text span size="sm" c="dimmed">
          {entry.unitTitle} · {moment(language, new Date(entry.savedAt).toISOString())}
        </Text>
        {entry.problems.map((problem, at) => (
          <Text key={at} size="sm">
            {problem.message}
          </Text>
        ))}
        {entry.state === 'refused' && (
          <Button
            variant="subtle"
            size="compact-md"
            onClick={() => void remove(entry.key)}
            aria-label={t('queue-remove-of', { title: entry.title })}
          >
            {t('queue-remove')}
          </Button>
        )}
      </span>
      <span className="queue-state">{outcome}</span>
    </li>
  )
}
