import { existsSync, readFileSync } from 'node:fs'

const PAGE = 'dist/app/index.html'

/** What the page itself asks for, however the bundler cuts it into files. */
const html = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : ''
const first = [...html.matchAll(/"(\/assets\/[^"]+\.js)"/g)].flatMap(([, files]) =>
  files.split(' ').map((file) => `dist/app${file}`),
)

const OFFICE = 'dist/office/index.html'
const room = existsSync(OFFICE) ? readFileSync(OFFICE, 'utf8') : ''
const office = [...room.matchAll(/(?:src|href)="\/admin\/(assets\/[^"]+\.js)"/g)].map(
  ([, file]) => `dist/office/${file}`,
)

export default [
  { name: 'first screen: JavaScript a respondent waits for', path: first, limit: '134 kB', brotli: true },
  {
    name: 'all JavaScript the worker stores: both languages, the cryptography, the counter and its camera included',
    path: 'dist/app/assets/*.js',
    limit: '244 kB',
    brotli: true,
  },
  { name: 'the survey team’s room: its first screen', path: office, limit: '250 kB', brotli: true },
  { name: 'fonts', path: 'dist/app/assets/*.woff2', limit: '50 kB', brotli: false, gzip: false },
  { name: 'service worker', path: 'dist/app/sw.js', limit: '8 kB', brotli: true },
]
