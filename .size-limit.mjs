import { existsSync, readFileSync } from 'node:fs'

const PAGE = 'dist/app/index.html'

/** What the page itself asks for, however the bundler cuts it into files. */
const html = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : ''
/** What is there before the first question can be answered, and the app that takes over from it. */
const early = [
  PAGE,
  ...[...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g)].map(([, file]) => `dist/app${file}`),
]
const app = [...html.matchAll(/data-app="([^"]+)"/g)].flatMap(([, files]) =>
  files.split(' ').map((file) => `dist/app${file}`),
)

const OFFICE = 'dist/office/index.html'
const room = existsSync(OFFICE) ? readFileSync(OFFICE, 'utf8') : ''
const office = [...room.matchAll(/(?:src|href)="\/admin\/(assets\/[^"]+\.js)"/g)].map(
  ([, file]) => `dist/office/${file}`,
)

export default [
  { name: 'the first question: page, style and script, without fonts', path: early, limit: '16 kB', brotli: true },
  { name: 'the app that takes over from it', path: app, limit: '146 kB', brotli: true },
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
