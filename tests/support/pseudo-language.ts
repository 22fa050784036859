import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { build, loadConfigFromFile, mergeConfig, type Plugin } from 'vite'
import { PROJECT_FOLDER } from '#cli/installation/project-folder'

/** Every word of the locales stands between these two signs. */
const [OPEN, CLOSE] = ['⟦', '⟧']

function marked(words: unknown): unknown {
  if (typeof words === 'string') return `${OPEN}${words}${CLOSE}`
  if (Array.isArray(words)) return words.map(marked)
  if (typeof words !== 'object' || words === null) return words
  return Object.fromEntries(Object.entries(words).map(([key, value]) => [key, marked(value)]))
}

const pseudoWords: Plugin = {
  name: 'pseudo-words',
  enforce: 'pre',
  transform(code, id) {
    return /\/locales\/\w+\/[\w./-]+\.json$/.test(id) ? JSON.stringify(marked(JSON.parse(code))) : null
  },
}

/** What is about files, workers and the prerendered page, and no word of it is on a screen that a script has drawn. */
const NOT_NEEDED = /^(prerender-first-screen|compress-files|vite-plugin-pwa)/

/** Builds an app of these sources in a language that nobody speaks: its words are the Thai ones, marked. */
export async function buildPseudo(mode: 'production' | 'office', outDir: string): Promise<string> {
  const loaded = await loadConfigFromFile({ command: 'build', mode }, join(PROJECT_FOLDER, 'vite.config.ts'))
  const config = loaded?.config ?? {}
  const named = (config.plugins ?? []).flat(2) as (Plugin | null | undefined | false)[]
  const plugins = named.filter((plugin) => plugin && !NOT_NEEDED.test(plugin.name))
  const { root = PROJECT_FOLDER } = config
  await build(
    mergeConfig(
      { ...config, plugins, configFile: false, mode, root: join(PROJECT_FOLDER, root === PROJECT_FOLDER ? '' : root) },
      { plugins: [pseudoWords], logLevel: 'error', build: { outDir, emptyOutDir: true } },
    ),
  )
  return outDir
}

/**
 * What a screen says that is not from the locales: texts and labels with letters outside the signs. `data` is what people
 * typed and screens must show; ids of items, fingerprints and numbers are no words.
 */
export async function unmarkedWords(page: Page, data: readonly string[]): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const at = walker.currentNode.parentElement
      if (at?.closest('script, style, noscript, pre, .fingerprint, textarea, [lang=en]')) continue
      if (at?.checkVisibility()) found.push(walker.currentNode.textContent ?? '')
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [alt], [placeholder]'))
      for (const name of ['aria-label', 'title', 'alt', 'placeholder']) found.push(element.getAttribute(name) ?? '')
    return [...found, document.title]
  })
  return texts.map((text) => leftOf(text, data)).filter((left) => /\p{L}{2}/u.test(left))
}

function leftOf(text: string, data: readonly string[]): string {
  // what keeps compounds whole at the ends of lines
  let [left, before] = [text.replaceAll('\u2060', ''), '']
  while (left !== before) {
    before = left
    left = left.replace(/⟦[^⟦⟧]*⟧/gu, ' ')
  }
  for (const one of data) left = left.replaceAll(one, ' ')
  // the secret of an authenticator app, hashes, addresses, and days as `Intl` writes them
  return left
    .replace(/\b[A-Z2-7]{32}\b/g, ' ')
    .replace(/\b[0-9a-f]{64}\b/g, ' ')
    .replace(/https?:\/\/\S+/g, ' ')
    .replace(/\d{1,2}\s\p{L}[\p{L}\p{M}]+\s25\d\d/gu, ' ')
    .trim()
}
