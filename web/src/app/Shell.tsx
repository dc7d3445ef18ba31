// The frame of every page: name, navigation, language, light or dark.
import {
  ActionIcon,
  Anchor,
  AppShell,
  Badge,
  Burger,
  Group,
  NativeSelect,
  NavLink,
  Stack,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { Link, Outlet, useLocation } from '@tanstack/react-router'

import { LANGUAGES, type Language } from '../text/catalogue'
import { useTexts } from '../text/LanguageProvider'
import { Doors } from './Doors'
import { PersonMenu } from './PersonMenu'
import { useSession } from './useSession'

export function Shell() {
  const { t, named, language, setLanguage } = useTexts()
  const [open, { toggle, close }] = useDisclosure(false)
  const narrow = useMediaQuery('(max-width: 36em)')
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  const { pathname } = useLocation()
  const { session, may } = useSession()
  const works = session?.person?.account.grants.some(({ unit }) => unit) ?? false
  const pages = [
    { to: '/', label: t('nav-overview'), right: 'results' },
    { to: '/voices', label: t('nav-voices'), right: 'results' },
    { to: '/standards', label: t('nav-standards'), right: 'know' },
    { to: '/cases', label: t('nav-cases'), right: 'results' },
    { to: '/look', label: t('nav-look'), right: 'observe' },
    { to: '/pulse', label: t('nav-pulse'), right: 'know' },
    { to: '/import', label: t('nav-import'), right: 'see_imports' },
    { to: '/agreed', label: t('nav-agreed'), right: 'know' },
    { to: '/people', label: t('nav-people'), right: 'people' },
    { to: '/hooks', label: t('nav-hooks'), right: 'bring_in' },
    { to: '/log', label: t('nav-log'), right: 'audit' },
  ] as const
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !open } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <AppShell.Header px="md">
        <Group h="100%" justify="space-between" wrap="nowrap" gap="xs">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Burger
              opened={open}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t('nav-menu')}
              aria-expanded={open}
            />
            <Anchor component={Link} to="/" underline="never" c="inherit" fw={700} fz="lg">
              Evenkeel
            </Anchor>
            <Text c="dimmed" visibleFrom="xs" truncate>
              {named(session?.organisation)}
            </Text>
            {session?.demo && (
              <Badge variant="outline" color="gray" c="dimmed" tt="none" visibleFrom="md">
                {t('demo')}
              </Badge>
            )}
          </Group>
          <Group gap="xs" wrap="nowrap">
            <PersonMenu />
            <NativeSelect
              aria-label={t('language')}
              size="xs"
              value={language}
              onChange={(event) => setLanguage(event.currentTarget.value as Language)}
              // A phone has room for the code only.
              data={Object.entries(LANGUAGES).map(([value, label]) => ({
                value,
                label: narrow ? value.toUpperCase() : label,
              }))}
            />
            <ActionIcon
              variant="default"
              size={30}
              aria-label={t(scheme === 'dark' ? 'light-mode' : 'dark-mode')}
              onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
            >
              <span aria-hidden="true">{scheme === 'dark' ? '☀' : '☾'}</span>
            </ActionIcon>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t('nav-label')}>
        <Stack gap={2}>
          {pages
            // Who belongs to no unit is not asked.
            .filter(({ to, right }) => may(right) && (to !== '/pulse' || works))
            .map(({ to, label }) => (
              <NavLink
                key={to}
                className="nav"
                component={Link}
                to={to}
                label={label}
                active={pathname === to}
                aria-current={pathname === to ? 'page' : undefined}
                onClick={close}
              />
            ))}
        </Stack>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}>
        <Doors>
          <Outlet />
        </Doors>
      </AppShell.Main>
    </AppShell>
  )
}
