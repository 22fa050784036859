import type { EngineName, EnginePhone } from './engine-phone.ts'
import { openPuppeteer } from './puppeteer-phone.ts'
import { openWebKit } from './webkit-phone.ts'

/** A browser of an engine, with a profile on disk where the engine can be driven with one. */
export function openEngine(engine: EngineName, profile: string): Promise<EnginePhone> {
  return engine === 'webkit' ? openWebKit() : openPuppeteer(engine, profile)
}
