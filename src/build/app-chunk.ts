import { resolve } from 'node:path'

/** What a bundler tells of the modules that it has read. */
interface Modules {
  getModuleInfo: (id: string) => { readonly importedIds: readonly string[] } | null
}

/**
 * Names one chunk for all that an entry needs to start, where a bundler makes six of what pages that are loaded later share
 * with it: on a slow network each file costs a round trip of its own.
 */
export function appChunk(entry: string): (id: string, modules: Modules) => string | null {
  let needed: ReadonlySet<string> | null = null
  return (id, modules) => {
    needed ??= staticallyFrom(resolve(entry), modules)
    return needed.has(id) || id.includes('rolldown/runtime') ? 'app' : null
  }
}

function staticallyFrom(entry: string, modules: Modules): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [entry]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue
    found.add(id)
    open.push(...(modules.getModuleInfo(id)?.importedIds ?? []))
  }
  return found
}
