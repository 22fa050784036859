import type authoring from '#locales/th/authoring.json'
import type exported from '#locales/th/export.json'
import type office from '#locales/th/office.json'
import type print from '#locales/th/print.json'
import type respond from '#locales/th/respond.json'

/** The compiler knows every word that the survey team's room may ask for: a key that is not in the locales does not compile. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'office'
    resources: {
      respond: typeof respond
      office: typeof office
      authoring: typeof authoring
      export: typeof exported
      print: typeof print
    }
  }
}
