// An installation without any facts: what to do first.
import { Button, Paper, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'

import { useTexts } from '../text/LanguageProvider'
import { EmptyChair } from './overview/EmptyChair'

export function NothingHeard() {
  const { t } = useTexts()
  return (
    <Paper className="paper" withBorder p="xl" maw={760}>
      <Stack align="flex-start" gap="sm">
        <EmptyChair />
        <Title order={1} size="h2">
          {t('empty-facts')}
        </Title>
        <Text>{t('empty-facts-do')}</Text>
        <Button component={Link} to="/import">
          {t('empty-facts-go')}
        </Button>
      </Stack>
    </Paper>
  )
}
