/** How a project is said to be going, as a sign: each light has a shape of its own beside its colour. */
import type { Light } from '../../../wire/overview.ts';
import { type Say, useSay } from '../words/say.ts';
import '../styles/light.css';

export function LightSign({ light }: { light: Light }) {
  const say = useSay();
  return (
    <svg
      className={`light light-${light}`}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      role="img"
      aria-label={sayLight(say, light)}
    >
      {light === 'green' && <circle cx="8" cy="8" r="6" />}
      {light === 'yellow' && <path d="M8 1.5 15 14H1z" />}
      {light === 'red' && <path d="M2 2h12v12H2z" />}
    </svg>
  );
}

export function sayLight(say: Say, light: Light): string {
  switch (light) {
    case 'green':
      return say('Going well');
    case 'yellow':
      return say('Needs attention');
    case 'red':
      return say('In trouble');
  }
}
