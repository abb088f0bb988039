/** Which of a project's saved views is shown; the others, and what can be done with them, open from it. */
import type { Project } from '../../../wire/project.ts';
import { Icon } from '../kit/icon.tsx';
import { lazyAhead } from '../kit/lazy.ts';
import { Opener } from '../kit/opener.tsx';
import { useSay } from '../words/say.ts';
import type { ViewState } from './use-view.ts';

const ViewMenu = lazyAhead(async () => ({ default: (await import('./view-menu.tsx')).ViewMenu }));

export function ViewPick({ project, view: state }: { readonly project: Project; readonly view: ViewState }) {
  const say = useSay();
  const { view, isChanged, isMissing } = state.picked;
  return (
    <Opener className="pick view-pick" popup={(opened) => <ViewMenu opened={opened} project={project} view={state} />}>
      <span className="visually-hidden">{say('View')}: </span>
      {view ? (
        <>
          <span className="view-name">{view.name}</span>
          {isChanged && <span className="pick-more">{say('changed')}</span>}
        </>
      ) : (
        <span className="view-name">{isMissing ? say('A former view') : say('Everything')}</span>
      )}
      <Icon name="chevron" />
    </Opener>
  );
}
