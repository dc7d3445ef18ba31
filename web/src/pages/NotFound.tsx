// An address without a page.
import { Button, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'

import { useTexts } from '../text/LanguageProvider'
import { useTitle } from './useTitle'

export function NotFound() {
  const { t } = useTexts()
  useTitle(t('not-found'))
  return (
    <Stack align="flex-start">
      <Title order={1} size="h2">
        {t('not-found')}
      </Title>
      <Text>{t('not-found-do')}</Text>
      <Button component={Link} to="/">
        {t('nav-overview')}
      </Button>
    </Stack>
  )
}
