// How a standard came to be what it is: each version with what it changed, from when, by whom and
// why. Nothing is updated in place, so that this list is complete.
import { List, Text, Timeline } from '@mantine/core'

import type { Schemas } from '../../api/types'
import { day, moment } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { Section } from '../voices/Section'
import { useChangeWords } from './useChangeWords'
import type { useNames } from './useNames'

export function Versions({
  versions,
  names,
}: {
  versions: Schemas['StandardVersionView'][]
  names: ReturnType<typeof useNames>
}) {
  const { t, language } = useTexts()
  const words = useChangeWords(names)
  return (
    <Section id="versions" title={t('versions')}>
      <Timeline bulletSize={26} lineWidth={2} active={-1} className="versions">
        {versions.map((one) => (
          <Timeline.Item
            key={one.version}
            bullet={<span className="number">{one.version}</span>}
            title={
              one.valid_from
                ? t(one.retired ? 'version-retired-from' : 'version-from', {
                    version: one.version,
                    day: day(language, one.valid_from),
                  })
                : t(one.retired ? 'version-retired' : 'version-ever', { version: one.version })
            }
          >
            {one.changes.length > 0 && (
              <List size="sm" spacing={4} my={4}>
                {one.changes.map((change) => (
                  <List.Item key={change.path}>{words(change)}</List.Item>
                ))}
              </List>
            )}
            {one.changes.length === 0 && !one.retired && (
              <Text size="sm">{t('version-first')}</Text>
            )}
            <Text size="sm" c="dimmed">
              {t('version-by', {
                author: one.author,
                at: moment(language, one.at),
                reason: one.reason || t('version-no-reason'),
              })}
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
    </Section>
  )
}
