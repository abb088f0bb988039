/** The milestones of a project in their order, each with how far it is. */
import { useToday } from '../kit/clock.ts';
import '../styles/planning.css';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components/Menu';
import { useParams, useSearchParams } from 'react-router';
import type { Milestone, MilestonesAnswer } from '../../../wire/milestone.ts';
import type { Project } from '../../../wire/project.ts';
import { Avatar } from '../kit/avatar.tsx';
import { Icon } from '../kit/icon.tsx';
import { ProgressBar } from '../kit/progress-bar.tsx';
import { ProjectFrame } from '../project/project-frame.tsx';
import { Tone } from '../to-do/to-do-fields.tsx';
import { useSay } from '../words/say.ts';
import { MilestoneDialog } from './milestone-dialog.tsx';
import { useMilestones, useMoveMilestone } from './use-milestones.ts';
import { sayDays, sayProgress, sayStatus } from './words.ts';

export function MilestonesPage() {
  const say = useSay();
  const { key = '' } = useParams();
  const milestones = useMilestones(key);
  return (
    <ProjectFrame name={say('Milestones')} reading={milestones}>
      {(project) => milestones.data && <MilestoneList key={key} project={project} answer={milestones.data} />}
    </ProjectFrame>
  );
}

function MilestoneList({ project, answer }: { project: Project; answer: MilestonesAnswer }) {
  const say = useSay();
  const { milestones, may } = answer;
  const [making, setMaking] = useState(false);
  // Which one is open stands in the address, so that a link leads to it.
  const [search, setSearch] = useSearchParams();
  const opened = milestones.find(({ id }) => id === search.get('open'));
  return (
    <div className="plan">
      <div className="plan-head">
        <h2>{say('Milestones')}</h2>
        <span className="space" />
        {may.edit && milestones.length > 0 && (
          <Button className="button button-quiet" onPress={() => setMaking(true)}>
            <Icon name="plus" /> {say('New milestone')}
          </Button>
        )}
      </div>
      {milestones.length === 0 && (
        <div className="plan-empty">
          <p>
            {say(
              'A milestone is something the project reaches: a draft, a test, a launch. Its to-dos say how far it is.',
            )}
          </p>
          {may.edit && (
            <Button className="button button-primary" onPress={() => setMaking(true)}>
              {say('Make the first milestone')}
            </Button>
          )}
        </div>
      )}
      <ul className="milestones">
        {milestones.map((milestone, index) => (
          <MilestoneRow
            key={milestone.id}
            project={project}
            milestone={milestone}
            all={milestones}
            index={index}
            mayEdit={may.edit}
            onOpen={() => setSearch({ open: milestone.id })}
          />
        ))}
      </ul>
      {making && <MilestoneDialog project={project} milestones={milestones} mayEdit onClose={() => setMaking(false)} />}
      {opened && (
        <MilestoneDialog
          key={opened.id}
          project={project}
          milestones={milestones}
          milestone={opened}
          mayEdit={may.edit}
          onClose={() => setSearch({}, { replace: true })}
        />
      )}
    </div>
  );
}

type RowProps = {
  readonly project: Project;
  readonly milestone: Milestone;
  readonly all: readonly Milestone[];
  readonly index: number;
  readonly mayEdit: boolean;
  readonly onOpen: () => void;
};

function MilestoneRow({ project, milestone, all, index, mayEdit, onOpen }: RowProps) {
  const say = useSay();
  const today = useToday();
  const move = useMoveMilestone(project.key);
  const { id, title, tone, status, owner, endOn, progress, dependsOnIds } = milestone;
  const isLate = status !== 'done' && endOn !== null && endOn < today;
  const waitsFor = all.filter((other) => dependsOnIds.includes(other.id));
  const moveTo = (afterIndex: number) => move.mutate({ id, afterId: all[afterIndex]?.id ?? null });
  return (
    <li className="milestone">
      <div className="milestone-words">
        <button type="button" className="milestone-title" onClick={onOpen}>
          <Tone status={{ tone }} />
          {title}
        </button>
        <p className="milestone-facts">
          <span>{sayStatus(say, status)}</span>
          <span className={isLate ? 'due-late' : ''}>
            {isLate ? say('Late: {days}', { days: sayDays(say, milestone) }) : sayDays(say, milestone)}
          </span>
          {waitsFor.length > 0 && (
            <span>{say('Waits for {titles}', { titles: waitsFor.map((other) => other.title).join(', ') })}</span>
          )}
        </p>
      </div>
      {owner && (
        <span className="milestone-owner">
          <span className="visually-hidden">{say('Owner: {name}', { name: owner.name })}</span>
          <Avatar person={owner} />
        </span>
      )}
      <div className="milestone-progress">
        <ProgressBar share={progress.share} label={say('Progress of {title}', { title })} tone={tone} />
        <span className="fact-note">{sayProgress(say, progress)}</span>
      </div>
      {mayEdit && all.length > 1 && (
        <MenuTrigger>
          <Button className="icon-button" aria-label={say('More for {title}', { title })}>
            <Icon name="more" />
          </Button>
          <Popover className="popover" placement="bottom end">
            <Menu className="menu" aria-label={title}>
              {index > 0 && (
                <MenuItem className="menu-item" onAction={() => moveTo(index - 2)}>
                  {say('Move up')}
                </MenuItem>
              )}
              {index < all.length - 1 && (
                <MenuItem className="menu-item" onAction={() => moveTo(index + 1)}>
                  {say('Move down')}
                </MenuItem>
              )}
              <MenuItem className="menu-item" onAction={onOpen}>
                {say('Change')}
              </MenuItem>
            </Menu>
          </Popover>
        </MenuTrigger>
      )}
    </li>
  );
}
