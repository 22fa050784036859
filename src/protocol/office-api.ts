import * as v from 'valibot'
import { COUNTER_SIZES, MOST_A_DAY, TABLET_LANES } from './counter.ts'
import { MOST_EMBLEM_BYTES } from './emblem.ts'
import { type MeasureRow, type MeasureRows, ROW_CHANGE } from './measures.ts'
import {
  type AccountView,
  type ActList,
  type Doing,
  type ImportedList,
  type JoinOptions,
  type Paper,
  ROLES,
  type RoundList,
  type RoundView,
  SHORTEST_PASSWORD,
  type SignedIn,
  type Who,
} from './office.ts'
import {
  CODE,
  EMBLEM,
  LANE,
  MOST_INSTRUMENTS_BYTES,
  NAME,
  OFFICE_PARAMS,
  PAPER_BODY_BYTES,
  REPORT_BODY_BYTES,
  ROW_BODY_BYTES,
  SHARES,
  SLIP_KIND,
  TOKEN,
  UNIT,
  WEBAUTHN,
} from './office-shapes.ts'
import { PUBLIC_REPORT } from './public-report.ts'
import { ROUND_PLAN } from './round-plan.ts'
import { bytesText, type Described, whole } from './shapes.ts'
import { SIZES } from './sizes.ts'

/** An answer that is a file and no JSON. */
interface OfficeFile {
  readonly file: true
}

/** Account, name and role are needed for most calls; some make a session, and are for anyone. */
interface Call {
  readonly may: Doing | 'anyone'
  /** Needs a passkey or password shown within the last minutes. */
  readonly proof?: true
  readonly body?: v.GenericSchema
  /** Larger than a respondent's, where a paper is saved. */
  readonly bodyLimit?: number
}

/** A call and, as a type only, what it answers with. */
const answering =
  <Answer>() =>
  <const C extends Call>(call: C): C & { readonly answer?: Answer } =>
    call

const nothing = answering<object>()
const roundOf = answering<{ readonly round: RoundView }>()
const file = answering<OfficeFile>()
const RUN = { may: 'run', proof: true } as const
const OPEN = { may: 'open', proof: true } as const

/**
 * Every call of the survey team's room, below `/v2/admin`: who may make it, what it brings and what it answers. Both ends are
 * typed by this table: a call without a handler, and a handler without a call, do not compile.
 */
export const OFFICE_API = {
  'POST /sign-in/options': answering<{ challenge: string; options: object }>()({ may: 'anyone' }),
  'POST /sign-in/passkey': answering<Who>()({
    may: 'anyone',
    body: v.strictObject({ challenge: TOKEN, response: WEBAUTHN }),
  }),
  'POST /sign-in/password': answering<Who>()({
    may: 'anyone',
    body: v.strictObject({ name: NAME, password: v.pipe(v.string(), v.minLength(1), v.maxLength(200)), code: CODE }),
  }),
  'POST /join/options': answering<JoinOptions>()({
    may: 'anyone',
    body: v.strictObject({ token: TOKEN, name: NAME }),
  }),
  'POST /join/passkey': answering<Who>()({
    may: 'anyone',
    body: v.strictObject({ token: TOKEN, challenge: TOKEN, response: WEBAUTHN }),
  }),
  'POST /join/password': answering<Who>()({
    may: 'anyone',
    body: v.strictObject({
      token: TOKEN,
      challenge: TOKEN,
      password: v.pipe(v.string(), v.minLength(SHORTEST_PASSWORD), v.maxLength(200)),
      code: CODE,
    }),
  }),
  'GET /session': answering<SignedIn>()({ may: 'look' }),
  'POST /sign-out': nothing({ may: 'look' }),
  'POST /prove/options': answering<{ challenge: string; options: object }>()({ may: 'look' }),
  'POST /prove/passkey': answering<SignedIn>()({
    may: 'look',
    body: v.strictObject({ challenge: TOKEN, response: WEBAUTHN }),
  }),
  'POST /prove/password': answering<SignedIn>()({
    may: 'look',
    body: v.strictObject({ name: NAME, password: v.pipe(v.string(), v.minLength(1), v.maxLength(200)), code: CODE }),
  }),
  'GET /accounts': answering<{ accounts: readonly AccountView[]; invitations: readonly object[] }>()({ may: 'run' }),
  'POST /accounts/:id/remove': nothing(RUN),
  'POST /invitations': answering<{ link: string }>()({ ...RUN, body: v.strictObject({ role: v.picklist(ROLES) }) }),
  'POST /invitations/withdraw': nothing({ may: 'run' }),

  'GET /instruments': answering<ImportedList>()({ may: 'look' }),
  // canonical JSON of a year's document; what it says is checked by who knows it
  'POST /instruments': answering<ImportedList>()({
    ...RUN,
    body: v.strictObject({ text: v.pipe(v.string(), v.minLength(2), v.maxLength(MOST_INSTRUMENTS_BYTES)) }),
    bodyLimit: MOST_INSTRUMENTS_BYTES,
  }),
  'POST /instruments/:hash/confirm': answering<ImportedList>()(RUN),
  'POST /instruments/:hash/withdraw': answering<ImportedList>()(RUN),

  'GET /rounds': answering<RoundList>()({ may: 'look' }),
  // the plan's numbers; what they promise together is checked by `planFault`. The emblem: PNG, base64url; '' for none
  'POST /rounds/commitment': answering<{ commitment: string }>()({
    ...RUN,
    body: v.strictObject({ plan: ROUND_PLAN, emblem: EMBLEM }),
    bodyLimit: 2 * MOST_EMBLEM_BYTES,
  }),
  'POST /rounds': roundOf({
    ...RUN,
    body: v.strictObject({ cid: OFFICE_PARAMS.cid, boxKey: bytesText(SIZES.boxPublicKey) }),
  }),
  'POST /rounds/:cid/discard': nothing(RUN),
  'POST /rounds/:cid/begin': roundOf(RUN),
  'POST /rounds/:cid/end-issue': roundOf(RUN),
  'POST /rounds/:cid/close': roundOf({ ...RUN, body: v.strictObject({ why: v.pipe(v.string(), v.maxLength(300)) }) }),
  'POST /rounds/:cid/canary': answering<{ canary: string; enc: string; ct: string }>()({
    may: 'open',
    body: v.strictObject({ shares: SHARES }),
  }),
  'POST /rounds/:cid/rehearsed': roundOf({
    may: 'open',
    body: v.strictObject({ shares: SHARES, canary: TOKEN, content: TOKEN }),
  }),

  'GET /rounds/:cid/poster': file({ may: 'look' }),
  'GET /rounds/:cid/open-poster': file({ may: 'look' }),
  'GET /rounds/:cid/closing-sheet': file({ may: 'look' }),
  'POST /rounds/:cid/slips': file({
    ...RUN,
    body: v.strictObject({ lane: LANE, kind: SLIP_KIND, count: whole(1, 5000), unit: v.exactOptional(UNIT) }),
  }),
  'POST /rounds/:cid/ask-spare': roundOf({
    ...RUN,
    body: v.strictObject({ lane: LANE, count: whole(1, 5000), unit: UNIT }),
  }),
  'POST /rounds/:cid/void-slips': roundOf({
    ...RUN,
    body: v.strictObject({ lane: LANE, printing: whole(1, 10_000) }),
  }),
  'POST /rounds/:cid/tablets': answering<{ readonly link: string; readonly round: RoundView }>()({
    ...RUN,
    body: v.strictObject({
      lane: v.picklist(TABLET_LANES),
      point: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
      quota: whole(1, MOST_A_DAY),
    }),
  }),
  'POST /rounds/:cid/revoke-tablet': roundOf({
    ...RUN,
    body: v.strictObject({ tablet: bytesText(COUNTER_SIZES.tablet) }),
  }),
  'POST /rounds/:cid/poster-lane': roundOf({ ...RUN, body: v.strictObject({ perDay: whole(0, 100_000) }) }),

  'POST /rounds/:cid/challenge': answering<{ challenge: string; enc: string; ct: string }>()(OPEN),
  'POST /rounds/:cid/sealed': file({ ...OPEN, body: v.strictObject({ challenge: TOKEN, proof: TOKEN }) }),
  'POST /rounds/:cid/choose': roundOf({
    ...OPEN,
    body: v.strictObject({ lane: LANE, choice: v.picklist(['rows', 'breakdowns'] as const) }),
  }),
  'POST /rounds/:cid/rows-confirmed': nothing({ ...OPEN, body: v.strictObject({ shares: SHARES }) }),
  'POST /rounds/:cid/exported': nothing({
    ...OPEN,
    body: v.strictObject({
      what: v.picklist(['csv', 'xlsx', 'json', 'spss', 'scorecard'] as const),
      rows: v.picklist(['whole', 'protected', 'none'] as const),
    }),
  }),
  'GET /acts': answering<ActList>()({ may: 'open' }),
  'GET /rounds/:cid/papers/:paper': answering<Paper>()({ may: 'look' }),
  'PUT /rounds/:cid/papers/:paper': answering<Pick<Paper, 'version'>>()({
    may: 'run',
    body: v.strictObject({ version: whole(0, 1_000_000), text: v.pipe(v.string(), v.maxLength(400_000)) }),
    bodyLimit: PAPER_BODY_BYTES,
  }),

  'GET /rounds/:cid/measures/:seq': answering<MeasureRows>()({ may: 'look' }),
  'GET /rounds/:cid/measure-history': answering<{ readonly changes: readonly MeasureRow[] }>()({ may: 'look' }),
  'GET /rounds/:cid/public-report': answering<{ readonly on: string | null; readonly link: string }>()({ may: 'look' }),
  'PUT /rounds/:cid/public-report': answering<{ readonly on: string; readonly link: string }>()({
    ...RUN,
    body: PUBLIC_REPORT,
    bodyLimit: REPORT_BODY_BYTES,
  }),
  'POST /rounds/:cid/withdraw-report': nothing(RUN),
  'GET /rounds/:cid/report-poster': file({ may: 'look' }),
  'PUT /rounds/:cid/measures': answering<{ readonly row: MeasureRow }>()({
    may: 'run',
    // as whom it was typed: a row that waited in a page is not saved in the name of whoever signed in after
    body: v.strictObject({ ...ROW_CHANGE.entries, account: OFFICE_PARAMS.id }),
    bodyLimit: ROW_BODY_BYTES,
  }),
} as const

export type OfficeApi = typeof OFFICE_API

export type OfficeCall = keyof OfficeApi

/** Calls that are answered with a file. */
export type OfficeFileCall = {
  [C in OfficeCall]: AnswerOf<C> extends OfficeFile ? C : never
}[OfficeCall]

/** What a call answers with, beside the version. */
export type AnswerOf<C extends OfficeCall> = NonNullable<OfficeApi[C]['answer']>

/** What a call brings; undefined for nothing. */
export type BodyOf<C extends OfficeCall> = OfficeApi[C] extends { readonly body: infer S extends v.GenericSchema }
  ? Described<S>
  : undefined

/** What stands behind `:name` in a call's path. */
export type ParamsOf<C extends OfficeCall> = {
  readonly [Name in ParamName<C>]: v.InferOutput<(typeof OFFICE_PARAMS)[Name]>
}

type ParamName<Path extends string> =
  Path extends `${string}:${infer Name extends keyof typeof OFFICE_PARAMS}/${infer Rest}`
    ? Name | ParamName<Rest>
    : Path extends `${string}:${infer Name extends keyof typeof OFFICE_PARAMS}`
      ? Name
      : never
