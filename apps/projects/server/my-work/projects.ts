/**
 * The projects that home shows somebody: those they keep at hand, then those they were let into; to whom neither applies, the
 * first they may see. How each is doing is what its overview says.
 */
import type { MyProject } from '../../wire/project.ts';
import type { Workspace } from '../api/workspace.ts';
import { shareOf } from '../overview/forecast.ts';
import { readFavourites, readLastLights } from '../overview/queries.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { listProjects, listProjectsById } from '../projects/queries.ts';

const shownMax = 12;

const isOpen = ({ row }: SeenProject): boolean => row.state === 'open';

export async function readMyProjects({ db, progress }: Workspace, viewer: Viewer): Promise<MyProject[]> {
  const favourites = await readFavourites(db, viewer.id);
  const kept = (await listProjectsById(db, viewer, favourites)).filter(isOpen);
  const joined = (await listProjects(db, viewer, 'joined')).first.filter(isOpen);
  const mine = [...kept, ...joined.filter(({ row }) => !favourites.has(row.id))];
  const candidates = mine.length > 0 ? mine : (await listProjects(db, viewer)).first.filter(isOpen);
  const shown = candidates.slice(0, shownMax);
  const sums = await progress.ofProjects(shown.map(({ row }) => ({ id: row.id, stamp: row.progress_stamp })));
  const lights = await readLastLights(
    db,
    shown.map(({ row }) => row.id),
  );
  return shown.map(({ row }) => {
    const counted = sums.get(row.id);
    return {
      key: row.key,
      name: row.name,
      isFavourite: favourites.has(row.id),
      share: counted ? shareOf(counted) : null,
      open: counted ? counted.to_dos - counted.done : 0,
      light: lights.get(row.id) ?? null,
    };
  });
}
