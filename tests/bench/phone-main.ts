import { benchPhone } from './phone.ts'

/** `npm run bench:phone`: what somebody waits for on a slow phone, beside a bare page, in one run. */
await benchPhone()
