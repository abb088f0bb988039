/** Where the tools for selected cards stand, at the foot of a view, for as long as any is selected. */
import { Suspense } from 'react';
import { lazyAhead } from '../kit/lazy.ts';
import { useSelection } from './selection.tsx';
import type { SelectionProps } from './selection-tools.tsx';

const SelectionTools = lazyAhead(async () => ({ default: (await import('./selection-tools.tsx')).SelectionTools }));

export function SelectionBar(props: SelectionProps) {
  const { ids } = useSelection();
  return (
    ids.size > 0 && (
      <Suspense fallback={null}>
        <SelectionTools {...props} />
      </Suspense>
    )
  );
}
