// The narrow card of pages on which somebody comes in.
import { Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

export function Card({
  title,
  lead,
  children,
}: {
  title: string
  lead: string
  children?: ReactNode
}) {
  return (
    <Paper className="paper" withBorder p="lg" maw={460} mx="auto" mt={{ base: 'md', sm: 'xl' }}>
      <Stack gap="md">
        <div>
          <Title order={1} size="h3">
            {title}
          </Title>
          <Text mt={4}>{lead}</Text>
        </div>
        {children}
      </Stack>
    </Paper>
  )
}
