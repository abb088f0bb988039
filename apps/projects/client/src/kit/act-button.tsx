/**
 * A button whose act takes a while. Meanwhile it does nothing again, but is not disabled: the cursor would leave it, and whoever
 * works by keys would stand nowhere.
 */
import type { ComponentProps } from 'react';

type ActButtonProps = ComponentProps<'button'> & {
  readonly type: 'button' | 'submit';
  readonly isPending: boolean;
};

export function ActButton({ type, isPending, onClick, ...same }: ActButtonProps) {
  return (
    <button
      {...same}
      type={type}
      aria-disabled={isPending}
      onClick={(event) => {
        // A form is sent by what its button does, also where Enter sends it.
        if (isPending) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}
