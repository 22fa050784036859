import { readFileSync } from 'node:fs'

/** Old Android WebViews and iPhones are common among respondents; Vite's own default is newer. */
export const BROWSERS = readFileSync('.browserslistrc', 'utf8')
  .split('\n')
  .filter((line) => /^\w+ \d+$/.test(line))
  .map((line) => line.replace(' ', ''))
