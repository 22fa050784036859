import type check from '#locales/th/check.json'
import type counter from '#locales/th/counter.json'
import type report from '#locales/th/report.json'
import type respond from '#locales/th/respond.json'
import type witness from '#locales/th/witness.json'

/** The compiler knows every word that screens of phones, tablets and of /check may ask for: a key that is not in the locales does not compile. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'respond'
    resources: {
      respond: typeof respond
      check: typeof check
      counter: typeof counter
      witness: typeof witness
      report: typeof report
    }
  }
}
