/** What is on one's plate, by when it is due; first what is late. Empty, it offers the first thing to do. */
import { Link, useLocation } from 'react-router';
import { type DueGroup, dayOf, dueGroupOf, dueGroups } from '../../../wire/days.ts';
import type { MyToDo } from '../../../wire/to-do.ts';
import { sayProblem } from '../api/client.ts';
import { useMe, useMyWork, useProjects } from '../api/queries.ts';
import { toDoPath } from '../shell/places.ts';
import { useTitle } from '../shell/title.ts';
import { useComplete } from '../to-do/complete.ts';
import { DueWords } from '../to-do/due-words.tsx';
import { FirstProject } from './first-project.tsx';
import { QuickAdd } from './quick-add.tsx';

const groupNames: Readonly<Record<DueGroup, string>> = {
  overdue: 'Overdue',
  today: 'Today',
  week: 'This week',
  later: 'Later',
  none: 'No due date',
};

export function HomePage() {
  useTitle('Home');
  const { person } = useMe();
  const projects = useProjects();
  const work = useMyWork();
  const firstName = person.name.split(/\s+/)[0];
  if (projects.length === 0) return <FirstProject />;
  return (
    <main className="page home" id="content">
      <h1>
        {greetingAt(new Date().getHours())}, {firstName}
      </h1>
      {work.data && <Counters toDos={work.data.toDos} done={work.data.doneLastSevenDays} />}
      <QuickAdd />
      {work.error && (
        <p className="form-problem" role="alert">
          {sayProblem(work.error)}
        </p>
      )}
      {work.data && <Groups toDos={work.data.toDos} />}
      {work.data?.more && <p className="fact-note">Only the first 500 are shown here.</p>}
    </main>
  );
}

function greetingAt(hour: number): string {
  if (hour >= 5 && hour < 12) return 'Good morning';
  return hour >= 12 && hour < 18 ? 'Good afternoon' : 'Good evening';
}

function Counters({ toDos, done }: { toDos: readonly MyToDo[]; done: number }) {
  const today = dayOf(new Date());
  const count = (group: DueGroup): number => toDos.filter(({ dueOn }) => dueGroupOf(dueOn, today) === group).length;
  const late = count('overdue');
  const facts = [
    { name: 'overdue', value: late, tone: late > 0 ? 'late' : 'plain' },
    { name: 'for today', value: count('today'), tone: 'plain' },
    { name: 'later this week', value: count('week'), tone: 'plain' },
    { name: 'done in seven days', value: done, tone: done > 0 ? 'good' : 'plain' },
  ];
  return (
    <ul className="counters" aria-label="In numbers">
      {facts.map(({ name, value, tone }) => (
        <li key={name} className={`counter counter-${tone}`}>
          <b>{value}</b> {name}
        </li>
      ))}
    </ul>
  );
}

function Groups({ toDos }: { toDos: readonly MyToDo[] }) {
  const today = dayOf(new Date());
  if (toDos.length === 0)
    return (
      <div className="calm">
        <p>
          <b>Nothing is waiting for you.</b>
        </p>
        <p>To-dos that are given to you, in any project, stand here by when they are due.</p>
      </div>
    );
  const groups = Map.groupBy(toDos, ({ dueOn }) => dueGroupOf(dueOn, today));
  return dueGroups.flatMap((group) => {
    const rows = groups.get(group);
    return rows
      ? [
          <section key={group} className="group" aria-labelledby={`group-${group}`}>
            <h2 id={`group-${group}`} className={`group-${group}`}>
              {groupNames[group]} <em>{rows.length}</em>
            </h2>
            <ul className="rows">
              {rows.map((toDo) => (
                <Row key={`${toDo.projectKey}-${toDo.number}`} toDo={toDo} today={today} />
              ))}
            </ul>
          </section>,
        ]
      : [];
  });
}

function Row({ toDo, today }: { toDo: MyToDo; today: string }) {
  const complete = useComplete();
  const { pathname } = useLocation();
  const { doneStatusId } = toDo;
  return (
    <li className="row">
      {doneStatusId !== null && (
        <button
          type="button"
          className="tick"
          aria-label={`Mark “${toDo.title}” as done`}
          onClick={() => complete(toDo, doneStatusId)}
        />
      )}
      <Link className="row-title" to={toDoPath(toDo.projectKey, toDo.number)} state={{ over: pathname }}>
        {toDo.title}
      </Link>
      <span className="row-facts">
        {toDo.priority !== null && toDo.priority <= 2 && (
          <span className="tag">{toDo.priority === 1 ? 'Critical' : 'High'}</span>
        )}
        {toDo.reportType === 'in_progress' && <span className="row-status">{toDo.statusName}</span>}
        <span className="row-project">{toDo.projectName}</span>
        {toDo.dueOn && <DueWords day={toDo.dueOn} today={today} />}
      </span>
    </li>
  );
}
