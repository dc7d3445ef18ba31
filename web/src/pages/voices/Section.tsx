// One question of the page, with a place that an address can point at.
import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

export function Section({
  id,
  title,
  lead,
  children,
}: {
  id: string
  title: string
  lead?: string
  children: ReactNode
}) {
  return (
    <Stack component="section" gap="sm" id={id} className="step" aria-labelledby={`${id}-title`}>
      <div>
        <Title order={2} size="h3" id={`${id}-title`}>
          {title}
        </Title>
        {lead && (
          <Text c="dimmed" maw={820}>
            {lead}
          </Text>
        )}
      </div>
      {children}
    </Stack>
  )
}
