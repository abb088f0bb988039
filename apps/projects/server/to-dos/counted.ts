/**
 * Adds up how far the to-dos of milestones or projects are. A subtask that is counted beside its card shares in what the card
 * weighs, so that a card weighs the same in one piece as in ten. Does not know how efforts become a weight: milestones and
 * projects do that in their own ways.
 *
 * To-dos with subtasks are few. So all are added up as if each stood for itself, which an index holds; then the cards with
 * their subtasks, and what they differ by is put right.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Executor } from '../api/workspace.ts';

/** What is added up: the to-dos of a milestone or those of a project. */
type Whole = 'milestone_id' | 'project_id';

/** What a card weighs by its effort and its priority, null for nothing known; both may be null. */
export type Weigh = (effort: RawBuilder<unknown>, priority: RawBuilder<unknown>) => RawBuilder<number | null>;

/** Of those outside the trash. */
export type Counted = {
  readonly to_dos: number;
  readonly done: number;
  /**
   * Cards, and how much of them is done: a card and its subtasks in the same sum are one together, each the same part of it.
   * A subtask whose card is not in the same sum counts as a card of its own.
   */
  readonly parts: number;
  readonly parts_done: number;
  /** Cards that weigh something, and how much of them is done. */
  readonly weighed: number;
  readonly weighed_done: number;
  /**
   * What they weigh, and how much of it is done. The effort of a card with subtasks is its own, otherwise what those say
   * together.
   */
  readonly weight: number;
  readonly weight_done: number;
};

/** By milestone or project; one without to-dos has no entry. Two queries, however many there are. */
export async function sumCounted(
  db: Executor,
  whole: Whole,
  ids: readonly string[],
  weigh: Weigh,
): Promise<Map<string, Counted>> {
  if (ids.length === 0) return new Map();
  const own = weigh(sql.ref('effort'), sql.ref('priority'));
  const rows = await selectOf(db, whole, ids)
    .groupBy(whole)
    .select(({ fn }) => [
      sql<string>`${sql.ref(whole)}`.as('whole_id'),
      fn.countAll<number>().as('to_dos'),
      fn.count<number>('completed_at').as('done'),
      ...sumsOf(own),
    ])
    .execute();
  const families = await selectFamilies(db, whole, ids, weigh).execute();
  const familiesOf = new Map(families.map(({ whole_id, ...sums }) => [whole_id, sums]));
  return new Map(
    rows.map(({ whole_id, to_dos, done, ...sums }) => {
      const differ = familiesOf.get(whole_id);
      const add = (one: number | null, other: number | null | undefined): number =>
        Number(one ?? 0) + Number(other ?? 0);
      return [
        whole_id,
        {
          to_dos,
          done,
          parts: add(to_dos, differ?.parts),
          parts_done: add(done, differ?.parts_done),
          weighed: add(sums.weighed, differ?.weighed),
          weighed_done: add(sums.weighed_done, differ?.weighed_done),
          weight: add(sums.weight, differ?.weight),
          weight_done: add(sums.weight_done, differ?.weight_done),
        },
      ];
    }),
  );
}

function selectOf(db: Executor, whole: Whole, ids: readonly string[]) {
  return db.selectFrom('to_dos').where(whole, 'in', ids).where('deleted_at', 'is', null);
}

/** What to-dos weigh, each for itself. */
function sumsOf(own: RawBuilder<number | null>) {
  const ofDone = sql<number | null>`case when completed_at is null then null else ${own} end`;
  return [
    sql<number>`count(${own})`.as('weighed'),
    sql<number>`count(${ofDone})`.as('weighed_done'),
    sql<number | null>`sum(${own})`.as('weight'),
    sql<number | null>`sum(${ofDone})`.as('weight_done'),
  ] as const;
}

/** What the cards with subtasks in the same sum differ by, all of them together, from what each to-do is for itself. */
function selectFamilies(db: Executor, whole: Whole, ids: readonly string[], weigh: Weigh) {
  const pieces = selectOf(db, whole, ids)
    .where('parent_id', 'is not', null)
    .groupBy([whole, 'parent_id'])
    .select(({ fn }) => [
      sql<string>`${sql.ref(whole)}`.as('whole_id'),
      'parent_id as card_id',
      fn.countAll<number>().as('number'),
      fn.count<number>('completed_at').as('done'),
      sql<number | null>`sum(effort)`.as('effort'),
      ...sumsOf(weigh(sql.ref('effort'), sql.ref('priority'))),
    ])
    .as('pieces');
  // Each card is looked up by itself: PostgreSQL would sooner read every to-do there is to join a thousand.
  const ofCard = (what: RawBuilder<unknown>) =>
    sql<number | null>`(select ${what} from to_dos as card where card.id = pieces.card_id
      and ${sql.ref(`card.${whole}`)} = pieces.whole_id and card.deleted_at is null)`;
  const families = db
    .selectFrom(pieces)
    .selectAll('pieces')
    .select([
      ofCard(sql`case when card.completed_at is null then 0 else 1 end`).as('card_done'),
      ofCard(sql`card.effort`).as('card_effort'),
      ofCard(sql`card.priority`).as('card_priority'),
    ]);
  const allDone = sql`(done + card_done)`;
  // A fraction on both databases.
  const share = sql`(cast(${allDone} as double precision) / (number + 1))`;
  const card = weigh(sql`card_effort`, sql`card_priority`);
  const together = weigh(sql`coalesce(card_effort, effort)`, sql`card_priority`);
  const known = (weight: RawBuilder<unknown>) => sql`(case when ${weight} is null then 0 else 1 end)`;
  return db
    .with(
      (name) => name('families').materialized(),
      () => families,
    )
    .selectFrom('families')
    .where('card_done', 'is not', null)
    .groupBy('whole_id')
    .select([
      'whole_id',
      sql<number>`sum(-number)`.as('parts'),
      sql<number>`sum(${share} - ${allDone})`.as('parts_done'),
      sql<number>`sum(${known(together)} - weighed - ${known(card)})`.as('weighed'),
      sql<number>`sum(${known(together)} * ${share} - weighed_done - ${known(card)} * card_done)`.as('weighed_done'),
      sql<number>`sum(coalesce(${together}, 0) - coalesce(weight, 0) - coalesce(${card}, 0))`.as('weight'),
      sql<number>`sum(coalesce(${together}, 0) * ${share} - coalesce(weight_done, 0) - coalesce(${card}, 0) * card_done)`.as(
        'weight_done',
      ),
    ]);
}
