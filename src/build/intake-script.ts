import { build, type Plugin } from 'vite'
import { BROWSERS } from './browsers.ts'

/** The script that takes a slip in before the app has come: built by itself, and put into the page before the app's own. */
export function intakeScript(): Plugin {
  return {
    name: 'intake-script',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const page = bundle['index.html']
        if (page?.type !== 'asset') return
        const source = await builtScript()
        const file = this.getFileName(this.emitFile({ type: 'asset', name: 'intake.js', source }))
        page.source = withIntake(String(page.source), `/${file}`)
      },
    },
  }
}

/**
 * The script stands after the first screen, which is drawn without waiting for it. The app's own module and its parts become
 * what the script fetches: a page that is left for a fresh one would fetch them for nothing.
 */
function withIntake(html: string, script: string): string {
  const modules = [
    ...html.matchAll(/<link rel="modulepreload"[^>]* href="([^"]+)">\s*/g),
    ...html.matchAll(/<script type="module"[^>]* src="([^"]+)"><\/script>\s*/g),
  ]
  if (modules.length === 0) throw new Error('the page has no app to begin')
  const tag = `<script src="${script}" data-app="${modules.map(([, file]) => file).join(' ')}"></script>`
  const bare = modules.reduce((page, [found]) => page.replace(found, ''), html)
  return bare.replace('</body>', () => `  ${tag}\n  </body>`)
}

async function builtScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      write: false,
      target: BROWSERS,
      rolldownOptions: { input: 'src/app/intake/intake.ts', output: { format: 'iife', codeSplitting: false } },
    },
  })
  const [chunk] = (Array.isArray(built) ? built : [built]).flatMap((one) => ('output' in one ? one.output : []))
  if (chunk?.type !== 'chunk') throw new Error('the intake has no script')
  return chunk.code
}
