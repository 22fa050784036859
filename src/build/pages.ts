import react from '@vitejs/plugin-react'
import { createServer, type Plugin } from 'vite'

/** Puts the first screen into index.html: Thai words on screen before any script runs. */
export function prerenderFirstScreen(): Plugin {
  return {
    name: 'prerender-first-screen',
    apply: 'build',
    async transformIndexHtml(html) {
      const server = await createServer({
        configFile: false,
        plugins: [react()],
        appType: 'custom',
        logLevel: 'error',
        server: { middlewareMode: true, hmr: false, ws: false, watch: null },
        optimizeDeps: { noDiscovery: true },
      })
      try {
        const { firstScreen } = await server.ssrLoadModule('/src/app/prerender.tsx')
        return html.replace('<!--first-screen-->', firstScreen())
      } finally {
        await server.close()
      }
    },
  }
}

/** The counter's page and the one that compares rounds: the same document without the respondent's first screen; the counter's is installable under its own name. */
export function otherPages(): Plugin {
  return {
    name: 'other-pages',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const page = bundle['index.html']
        if (page?.type !== 'asset') return
        const bare = String(page.source)
          .replace(/<div id="root">.*<\/div>(?=\s*<\/body>|\s*<script)/s, '<div id="root"></div>')
          // they take no slip in
          .replace(/ *<script src="[^"]*intake[^"]*"><\/script>\n/, '')
        const counter = bare.replace('/manifest.webmanifest', '/counter.webmanifest')
        this.emitFile({ type: 'asset', fileName: 'counter.html', source: counter })
        this.emitFile({ type: 'asset', fileName: 'check.html', source: bare })
        this.emitFile({ type: 'asset', fileName: 'report.html', source: bare })
      },
    },
  }
}
