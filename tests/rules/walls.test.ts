import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, it } from 'vitest'
import { PROJECT_FOLDER } from '#cli/installation/project-folder'
import { tempFolder } from '#tests/support/temp-folder.ts'

/** Imports that must not be: from, to, and the rule that refuses it. */
const FORBIDDEN = [
  ['collector/issuer/a.ts', 'collector/box/b.ts', 'the-issuer-knows-nothing-of-the-box'],
  ['collector/box/c.ts', 'collector/issuer/d.ts', 'the-box-knows-nothing-of-the-issuer'],
  ['collector/http/e.ts', 'survey/f.ts', 'the-collector-cannot-know-what-an-answer-is'],
  ['app/office/g.ts', 'results/scorecard.ts', 'screens-count-nothing-themselves'],
  ['app/office/worker/h.ts', 'results/scorecard.ts', 'screens-count-nothing-themselves'],
  ['app/office/i.ts', 'results/open-responses.ts', 'screens-open-through-the-opening-only'],
  ['app/office/j.ts', 'results/disclosure.ts', 'what-leaves-an-opening-passed-the-rules'],
  ['cli/k.ts', 'results/breakdown.ts', 'what-leaves-an-opening-passed-the-rules'],
  ['app/witness/l.ts', 'results/opening.ts', 'only-the-survey-team-opens'],
  ['app/witness/m.ts', 'app/respond/n.ts', 'witness-rooms'],
  ['app/respond/o.ts', 'app/counter/p.ts', 'respond-rooms'],
] as const

it('every wall that promises stand on refuses a planted import through it', () => {
  const folder = tempFolder()
  const write = (path: string, text: string) => {
    const file = join(folder, 'src', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  for (const [, to] of FORBIDDEN) write(to, 'export const it = 1\n')
  for (const [from, to] of FORBIDDEN) {
    const path = relative(dirname(from), to)
    write(from, `import { it } from '${path.startsWith('.') ? path : `./${path}`}'\nexport const used = it\n`)
  }
  const program = join(PROJECT_FOLDER, 'node_modules', '.bin', 'depcruise')
  const config = join(PROJECT_FOLDER, '.dependency-cruiser.json')
  const { stdout } = spawnSync(program, ['--config', config, '--output-type', 'json', 'src'], {
    cwd: folder,
    encoding: 'utf8',
  })
  const { summary } = JSON.parse(stdout) as {
    summary: { violations: { from: string; to: string; rule: { name: string } }[] }
  }
  const refused = summary.violations.map(({ from, to, rule }) => `${from} → ${to}: ${rule.name}`)
  for (const [from, to, rule] of FORBIDDEN) expect(refused).toContain(`src/${from} → src/${to}: ${rule}`)
})
