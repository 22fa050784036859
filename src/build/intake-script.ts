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
        // after the first screen, which is drawn without waiting for it; the app's module runs when the page was read
        page.source = String(page.source).replace('</body>', () => `  <script src="/${file}"></script>\n  </body>`)
      },
    },
  }
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
