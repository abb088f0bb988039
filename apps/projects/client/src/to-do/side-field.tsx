/** A field with its name above it, as the fields of a to-do stand below each other. */
import type { ReactNode } from 'react';

export function SideField({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="side-field">
      <span className="side-name" aria-hidden="true">
        {name}
      </span>
      {children}
    </div>
  );
}
