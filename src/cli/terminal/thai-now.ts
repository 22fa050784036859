import { INTL_LOCALES } from '#protocol/language'

const NOW = new Intl.DateTimeFormat(INTL_LOCALES.th, {
  timeZone: 'Asia/Bangkok',
  dateStyle: 'long',
  timeStyle: 'short',
})

/** Day and time in Bangkok, Buddhist years, for the head of what is printed to be signed or kept. */
export function thaiNow(): string {
  return NOW.format(Date.now())
}
