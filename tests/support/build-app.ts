import { buildWhenNeeded } from '#cli/installation/build-when-needed'

/** Once before the tests: the app that collectors serve is of these very sources. */
export function setup(): void {
  buildWhenNeeded()
}
