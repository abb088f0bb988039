/** The goals of a project: what will be different, and how far it is by numbers. */
import '../styles/planning.css';
import '../styles/goals.css';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useParams } from 'react-router';
import { Icon } from '../kit/icon.tsx';
import { ProjectFrame } from '../project/project-frame.tsx';
import { useSay } from '../words/say.ts';
import { GoalCard } from './goal-card.tsx';
import { GoalDialog } from './goal-dialog.tsx';
import { useGoals } from './use-goals.ts';

export function GoalsPage() {
  const say = useSay();
  const { key = '' } = useParams();
  const goals = useGoals(key);
  const [making, setMaking] = useState(false);
  return (
    <ProjectFrame name={say('Goals')} reading={goals}>
      {(project) =>
        goals.data && (
          <div className="plan">
            <div className="plan-head">
              <h2>{say('Goals')}</h2>
              <span className="space" />
              {goals.data.may.edit && goals.data.goals.length > 0 && (
                <Button className="button button-quiet" onPress={() => setMaking(true)}>
                  <Icon name="plus" /> {say('New goal')}
                </Button>
              )}
            </div>
            {goals.data.goals.length === 0 && (
              <div className="plan-empty">
                <p>
                  {say(
                    'A goal says in numbers what will be different: more visitors, fewer calls, lower costs. Milestones lead there.',
                  )}
                </p>
                {goals.data.may.edit && (
                  <Button className="button button-primary" onPress={() => setMaking(true)}>
                    {say('Set the first goal')}
                  </Button>
                )}
              </div>
            )}
            <ul className="goals">
              {goals.data.goals.map((goal) => (
                <GoalCard key={goal.id} project={project} goal={goal} mayEdit={goals.data.may.edit} />
              ))}
            </ul>
            {making && <GoalDialog project={project} onClose={() => setMaking(false)} />}
          </div>
        )
      }
    </ProjectFrame>
  );
}
