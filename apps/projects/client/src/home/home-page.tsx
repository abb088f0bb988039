/** What is on one's plate, by when it is due; first what is late; beside it one's projects. Empty, it offers what to do next. */
import { Suspense } from 'react';
import { Link, useLocation } from 'react-router';
import { type DueGroup, dueGroupOf, dueGroups, endOfWeek } from '../../../wire/days.ts';
import type { MyToDo, MyWorkAnswer } from '../../../wire/my-work.ts';
import { useMe, useMyWork, useProjects } from '../api/queries.ts';
import { useMinuteOfDay, useToday } from '../kit/clock.ts';
import { Icon } from '../kit/icon.tsx';
import { heavy, lazy, lazyAhead, lazyAtFirst } from '../kit/lazy.ts';
import { Problem } from '../kit/problem.tsx';
import { StayInList } from '../kit/stay-in-list.tsx';
import { type Selected, useSelected } from '../kit/use-selected.ts';
import { firstWeekday } from '../kit/week.ts';
import { dayPath, focusPath, homePath } from '../shell/places.ts';
import { useTitle } from '../shell/title.ts';
import { ToDoLink } from '../shell/to-do-link.tsx';
import { useComplete } from '../to-do/complete.ts';
import { DueWords } from '../to-do/due-words.tsx';
import { priorityName } from '../to-do/names.ts';
import { RowMore } from '../to-do/row-more.tsx';
import { type Say, useSay } from '../words/say.ts';
import { QuickAdd } from './quick-add.tsx';

const rowDue = heavy(() => import('./row-due.tsx'));
const FirstProject = lazy(async () => ({ default: (await import('./first-project.tsx')).FirstProject }));
const HomeSelection = lazyAhead(async () => ({ default: (await import('./home-selection.tsx')).HomeSelection }));
const MyProjects = lazyAtFirst(async () => ({ default: (await import('./my-projects.tsx')).MyProjects }));

export function HomePage() {
  const say = useSay();
  useTitle(say('Home'));
  const { person } = useMe();
  const projects = useProjects();
  const work = useMyWork();
  const name = person.name.split(/\s+/)[0] ?? person.name;
  const first = work.data?.toDos[0];
  const selected = useSelected(String);
  // What is done by now, or somebody else's, is selected no more.
  const acted = work.data?.toDos.filter((toDo) => selected.ids.has(idOf(toDo))) ?? [];
  if (projects.length === 0)
    return (
      <Suspense fallback={null}>
        <FirstProject />
      </Suspense>
    );
  return (
    <main className="page home" id="content">
      <div className="home-head">
        <Greeting name={name} />
        {work.data && <Counters work={work.data} />}
        <QuickAdd />
      </div>
      <StayInList className="home-work">
        <Problem error={work.error} />
        {first && (
          <p className="home-ways">
            <Link className="button button-quiet" to={dayPath()}>
              {say('Plan the day')}
            </Link>
            <Link
              className="button button-quiet"
              to={focusPath(first.projectKey, first.number)}
              state={{ from: homePath }}
            >
              {say('One thing at a time')}
            </Link>
          </p>
        )}
        {work.data && (
          <Groups work={work.data} mayAdd={projects.some(({ may }) => may.createToDo)} selected={selected} />
        )}
        {work.data && work.data.beyond.length > 0 && (
          <p className="fact-note">{say('Only the first 200 are shown here.')}</p>
        )}
      </StayInList>
      <Suspense fallback={null}>
        <MyProjects />
      </Suspense>
      <Suspense fallback={null}>{acted.length > 0 && <HomeSelection toDos={acted} selected={selected} />}</Suspense>
    </main>
  );
}

const idOf = ({ projectKey, number }: MyToDo): string => `${projectKey}-${number}`;

function Greeting({ name }: { name: string }) {
  const say = useSay();
  const hour = Math.floor(useMinuteOfDay() / 60);
  if (hour >= 5 && hour < 12) return <h1>{say('Good morning, {name}', { name })}</h1>;
  return (
    <h1>{hour >= 12 && hour < 18 ? say('Good afternoon, {name}', { name }) : say('Good evening, {name}', { name })}</h1>
  );
}

function groupName(say: Say, group: DueGroup): string {
  const names: Readonly<Record<DueGroup, string>> = {
    overdue: say('Overdue'),
    today: say('Today'),
    tomorrow: say('Tomorrow'),
    week: say('This week'),
    later: say('Later'),
    none: say('No due date'),
  };
  return names[group];
}

/** How many are open in a group, shown here or not. */
function useCount({ toDos, beyond }: MyWorkAnswer): (group: DueGroup) => number {
  const today = useToday();
  const weekday = firstWeekday();
  return (wanted) => {
    const isIn = ({ dueOn }: Pick<MyToDo, 'dueOn'>) => dueGroupOf(dueOn, today, weekday) === wanted;
    return beyond.filter(isIn).reduce((sum, { count }) => sum + count, toDos.filter(isIn).length);
  };
}

function Counters({ work }: { work: MyWorkAnswer }) {
  const say = useSay();
  const count = useCount(work);
  const done = work.doneLastSevenDays;
  const late = count('overdue');
  const today = useToday();
  const tomorrow = count('tomorrow');
  // On the last day of a week nothing is later in it.
  const soon =
    today === endOfWeek(today, firstWeekday())
      ? { name: say('for tomorrow'), value: tomorrow }
      : { name: say('later this week'), value: tomorrow + count('week') };
  const facts = [
    { name: say('overdue'), value: late, tone: late > 0 ? 'late' : 'plain' },
    { name: say('for today'), value: count('today'), tone: 'plain' },
    { ...soon, tone: 'plain' },
    { name: say('done in seven days'), value: done, tone: done > 0 ? 'good' : 'plain' },
  ];
  return (
    <ul className="counters" aria-label={say('In numbers')}>
      {facts.map(({ name, value, tone }) => (
        <li key={name} className={`counter counter-${tone}`}>
          <b>{value}</b> {name}
        </li>
      ))}
    </ul>
  );
}

type GroupsProps = {
  readonly work: MyWorkAnswer;
  readonly mayAdd: boolean;
  readonly selected: Selected<string>;
};

function Groups({ work, mayAdd, selected }: GroupsProps) {
  const say = useSay();
  const today = useToday();
  const count = useCount(work);
  const { toDos } = work;
  if (toDos.length === 0)
    return (
      <div className="calm">
        <p>
          <b>{say('Nothing is waiting for you.')}</b>
        </p>
        <p>
          {mayAdd
            ? say(
                'To-dos that are given to you, in any project, stand here by when they are due. Write one down above, or take one from a board.',
              )
            : say('To-dos that are given to you, in any project, stand here by when they are due.')}
        </p>
      </div>
    );
  const weekday = firstWeekday();
  const groups = Map.groupBy(toDos, ({ dueOn }) => dueGroupOf(dueOn, today, weekday));
  return dueGroups.flatMap((group) => {
    const rows = groups.get(group);
    return rows
      ? [
          <section key={group} className="group" aria-labelledby={`group-${group}`}>
            <h2 id={`group-${group}`} className={`group-${group}`}>
              {groupName(say, group)} <em>{count(group)}</em>
            </h2>
            <ul className="rows">
              {rows.map((toDo) => (
                <Row key={idOf(toDo)} toDo={toDo} selected={selected} />
              ))}
            </ul>
          </section>,
        ]
      : [];
  });
}

function Row({ toDo, selected }: { toDo: MyToDo; selected: Selected<string> }) {
  const say = useSay();
  const complete = useComplete();
  const { pathname } = useLocation();
  const { projectKey: key, number, doneStatusId } = toDo;
  const id = idOf(toDo);
  return (
    <li className="row" data-roam={id}>
      {doneStatusId !== null && (
        <input
          type="checkbox"
          className="row-select"
          aria-label={say('Select {id}', { id })}
          checked={selected.ids.has(id)}
          onChange={() => selected.toggle(id)}
        />
      )}
      {doneStatusId !== null && (
        <button
          type="button"
          className="tick"
          aria-label={say('Mark “{title}” as done', { title: toDo.title })}
          onClick={() => complete(toDo, doneStatusId)}
        />
      )}
      <ToDoLink className="row-title" projectKey={key} number={number} over={pathname}>
        {toDo.title}
      </ToDoLink>
      <span className="row-facts">
        {toDo.priority !== null && toDo.priority <= 2 && (
          <span className="tag">{priorityName(say, toDo.priority)}</span>
        )}
        {toDo.reportType === 'in_progress' && <span className="row-status">{toDo.statusName}</span>}
        <span className="row-project">{toDo.projectName}</span>
        {doneStatusId === null ? toDo.dueOn && <DueWords day={toDo.dueOn} /> : <Due toDo={toDo} />}
      </span>
      <RowMore toDo={toDo} />
    </li>
  );
}

/** Until the pick has come, something that looks like it; the page is not to wait for days that nobody picks yet. */
function Due({ toDo }: { toDo: MyToDo }) {
  const say = useSay();
  const part = rowDue.usePart();
  if (part) return <part.RowDue toDo={toDo} />;
  return (
    <span className="pick">
      <Icon name="calendar" />
      {toDo.dueOn ? <DueWords day={toDo.dueOn} /> : <span className="pick-none">{say('No due date')}</span>}
    </span>
  );
}
