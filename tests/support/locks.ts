import { type KyselyPlugin, OperationNodeTransformer, type SelectQueryNode } from 'kysely'

/** Takes the words out of queries by which rows are locked: a bug, put in on purpose. */
export class LostLocks extends OperationNodeTransformer implements KyselyPlugin {
  transformQuery({ node, queryId }: Parameters<KyselyPlugin['transformQuery']>[0]) {
    return this.transformNode(node, queryId)
  }

  async transformResult({ result }: Parameters<KyselyPlugin['transformResult']>[0]) {
    return result
  }

  protected override transformSelectQuery(node: SelectQueryNode, ...rest: never[]): SelectQueryNode {
    const { endModifiers: _locks, ...query } = super.transformSelectQuery(node, ...rest)
    return query
  }
}

/** Holds up each answer of the database to a question about `intakes`: long enough for another process to act in between. */
export class SlowLook implements KyselyPlugin {
  readonly #ms: number
  readonly #slow = new WeakSet<object>()

  constructor(ms: number) {
    this.#ms = ms
  }

  transformQuery({ node, queryId }: Parameters<KyselyPlugin['transformQuery']>[0]) {
    if (node.kind === 'SelectQueryNode' && (node.joins?.length ?? 0) > 0) this.#slow.add(queryId)
    return node
  }

  async transformResult({ result, queryId }: Parameters<KyselyPlugin['transformResult']>[0]) {
    if (this.#slow.has(queryId)) await new Promise((resolve) => setTimeout(resolve, this.#ms))
    return result
  }
}
