// Where the other program calls and what it shows. The token is shown once: the server keeps its
// hash only.
import { Button, Code, CopyButton, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useEffect, useRef } from 'react'

import { useTexts } from '../../text/LanguageProvider'
import type { Made } from './HookForm'

export function MadeHook({ made, onDone }: { made: Made; onDone: () => void }) {
  const { t } = useTexts()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const address = window.location.origin + made.path
  const call = [
    `curl -X POST ${address} \\`,
    `  -H 'authorization: Bearer ${made.token}' \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d @call.json`,
  ].join('\n')
  const parts = [
    { what: 'hook-address', text: address },
    { what: 'hook-token', text: made.token },
    { what: 'hook-try', text: call },
  ]
  return (
    <Paper className="paper" withBorder p="lg" component="section" aria-labelledby="hook-made">
      <Stack gap="md">
        <div>
          <Title order={2} size="h4" id="hook-made" ref={heading} tabIndex={-1}>
            {t('hook-made', { id: made.id })}
          </Title>
          <Text size="sm">{t('hook-made-note')}</Text>
        </div>
        {parts.map(({ what, text }) => (
          <div key={what}>
            <Group justify="space-between" gap="xs" mb={4}>
              <Text size="sm" fw={600}>
                {t(what)}
              </Text>
              <CopyButton value={text}>
                {({ copied, copy }) => (
                  <Button
                    size="compact-sm"
                    variant="default"
                    onClick={copy}
                    aria-label={t('copy-of', { what: t(what) })}
                  >
                    <span aria-live="polite">{t(copied ? 'copied' : 'copy')}</span>
                  </Button>
                )}
              </CopyButton>
            </Group>
            <Code block tabIndex={0} aria-label={t(what)}>
              {text}
            </Code>
          </div>
        ))}
        <Group>
          <Button onClick={onDone}>{t('hook-noted')}</Button>
        </Group>
      </Stack>
    </Paper>
  )
}
