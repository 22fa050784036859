import react from '@vitejs/plugin-react'
import { createServer, type Plugin } from 'vite'

/** Puts the first screen, and the first questions for whoever begins before the app has come, into index.html. */
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
        const { firstScreen, earlyScreens } = await server.ssrLoadModule('/src/app/prerender.tsx')
        const screens = await earlyScreens()
        // as functions: what a text may hold has no meaning here
        return html.replace('<!--first-screen-->', () => firstScreen()).replace('<!--early-screens-->', () => screens)
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
          // they take no slip in
          .replace(/<div id="root">.*(?=\s*<\/body>)/s, '<div id="root"></div>')
        const counter = bare.replace('/manifest.webmanifest', '/counter.webmanifest')
        this.emitFile({ type: 'asset', fileName: 'counter.html', source: counter })
        this.emitFile({ type: 'asset', fileName: 'check.html', source: bare })
        this.emitFile({ type: 'asset', fileName: 'report.html', source: bare })
      },
    },
  }
}
