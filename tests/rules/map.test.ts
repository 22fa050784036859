import { existsSync, globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** Folders that stand at the top of the project or of `src`: a word in backticks that begins with one of them is a place. */
const TOP = ['public', 'locales', 'tests', 'src']
const ROOMS = globSync('src/*/').map((path) => path.slice('src/'.length).replace(/\/$/, ''))

/** Not in the repository: journeys make it. */
const MADE_BY_TESTS = 'tests/.artifacts/'

/** `a/{b,c}.ts` names two files. */
function spelledOut(path: string): string[] {
  const braces = /\{([^{}]+)\}/.exec(path)
  if (!braces) return [path]
  return (braces[1] ?? '').split(',').flatMap((one) => spelledOut(path.replace(braces[0], one)))
}

function isThere(path: string): boolean {
  if (/[*]/.test(path)) return globSync(path).length > 0
  // every year has its rules
  const inFolders = path.replace(/^(src\/instruments)\/([^/]+\.json)$/, '$1/*/$2')
  return (
    ['', '.ts', '.tsx', '.json', '.test.ts'].some((end) => existsSync(path + end)) || globSync(inFolders).length > 0
  )
}

/**
 * Where a decision says what it replaces, it names what is gone: such sentences are left out. In a room's own README a file or
 * folder without a path is one of that room.
 */
function placesIn(text: string, room = ''): string[] {
  const now = text.replace(/Replaces?d? [^\n]*/g, '')
  return [...now.matchAll(/`([\w./{},*-]+)`/g)].flatMap(([, token = '']) => {
    const top = token.split('/')[0] ?? ''
    const isOwn = room !== '' && /^[\w{},*-]+(\.(tsx?|json|css)|\/)$/.test(token)
    if (isOwn) return spelledOut(`${room}/${token}`)
    if (!token.includes('/') || token === MADE_BY_TESTS || (!TOP.includes(top) && !ROOMS.includes(top))) return []
    return spelledOut(TOP.includes(top) ? token : `src/${token}`)
  })
}

/** The room whose README a file is; '' for documents about all of them. */
function roomOf(file: string): string {
  return /^src\/.+\/README\.md$/.test(file) ? file.replace('/README.md', '') : ''
}

it.each(['README.md', 'README.en.md', ...globSync('src/**/*.md')])('every place that %s names is there', (file) => {
  const places = placesIn(readFileSync(file, 'utf8'), roomOf(file))
  expect(places.filter((place) => !isThere(place))).toEqual([])
})

it('finds a place that is not there', () => {
  expect(placesIn('see `app/office/nowhere.ts` and `device/{seal,gone}.ts`, Replaces `cli/old.ts`.')).toEqual([
    'src/app/office/nowhere.ts',
    'src/device/seal.ts',
    'src/device/gone.ts',
  ])
  expect(placesIn('| `gone.ts` | `old/` | `8080` |', 'src/device')).toEqual(['src/device/gone.ts', 'src/device/old/'])
  expect(isThere('src/app/office/nowhere.ts')).toBe(false)
})
