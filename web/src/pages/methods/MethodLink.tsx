// From a figure to how its numbers are computed.
import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'

import { useTexts } from '../../text/LanguageProvider'
import { ANCHORS, type Method } from './anchors'

export function MethodLink({ anchor, about }: { anchor: Method; about: string }) {
  const { t } = useTexts()
  return (
    <Anchor
      size="xs"
      underline="always"
      className="no-print"
      aria-label={t('method-more-of', { about })}
      renderRoot={(props) => <Link {...props} to="/methods" hash={ANCHORS[anchor]} />}
    >
      {t('method-more')}
    </Anchor>
  )
}
