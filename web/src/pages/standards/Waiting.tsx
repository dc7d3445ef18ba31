// Something is being asked for.
import { Loader } from '@mantine/core'

import { useTexts } from '../../text/LanguageProvider'

export function Waiting() {
  const { t } = useTexts()
  return <Loader aria-label={t('loading')} />
}
