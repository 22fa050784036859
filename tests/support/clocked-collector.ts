import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { officeTools } from '#cli/installation/office-tools'
import { buildCollector } from '#collector/http/collector'
import type { Stores } from '#collector/installation/data-folder'
import { freePort } from './ita.ts'

const DIST = join(import.meta.dirname, '../../dist')

/** The real collector with app and room, in this process: months pass when it is told to, and it can be unplugged. */
export async function clockedCollector(stores: Stores) {
  let later = 0
  const port = await freePort()
  const start = async () => {
    const app = await buildCollector({
      ...stores,
      appFolder: join(DIST, 'app'),
      officeFolder: join(DIST, 'office'),
      officeTools: officeTools({ origin: undefined }),
      now: () => Date.now() + later,
    })
    await app.listen({ port, host: '127.0.0.1' })
    return app
  }
  let app = await start()
  onTestFinished(() => app.close())
  return {
    url: `http://127.0.0.1:${port}`,
    wait(ms: number) {
      later += ms
    },
    unplug: () => app.close(),
    async plugIn() {
      app = await start()
    },
  }
}
