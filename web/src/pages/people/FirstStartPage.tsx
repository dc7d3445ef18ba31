// Nobody has an account yet: the terminal that serves has a link for the first administrator.
import { Code, Text } from '@mantine/core'

import { useTexts } from '../../text/LanguageProvider'
import { useTitle } from '../useTitle'
import { Card } from './Card'

export function FirstStartPage() {
  const { t } = useTexts()
  useTitle(t('first-title'))
  return (
    <Card title={t('first-title')} lead={t('first-lead')}>
      <Text size="sm">{t('first-lost')}</Text>
      <Code block tabIndex={0}>
        evenkeel link
      </Code>
    </Card>
  )
}
