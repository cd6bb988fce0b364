// One lab in two tabs: the first one keeps it, the others say so and overwrite nothing.

import type { AppStores } from '../../store/appStores.ts';

const lockOf = (scope: string): string => `hoplab.lab.${scope}`;

/** Holds the open lab for this tab for as long as it is open, unless another tab does. A browser without locks cannot tell. */
export function watchTabs({ keeper }: Pick<AppStores, 'keeper'>): void {
  const { locks } = navigator;
  if (locks === undefined) return;
  let release = (): void => undefined;

  const hold = async (scope: string, options: LockOptions): Promise<void> => {
    release();
    let isLeft = false;
    const left = new Promise<void>(resolve => {
      release = () => {
        isLeft = true;
        resolve();
      };
    });
    const standBack = (): void => {
      if (!isLeft) keeper.standBack();
    };
    try {
      await locks.request(lockOf(scope), options, lock => (lock === null ? standBack() : left));
    } catch {
      // Another tab took it over.
      standBack();
    }
  };

  const ask = (scope: string | undefined): void => {
    if (scope === undefined) release();
    else void hold(scope, { ifAvailable: true });
  };
  keeper.subscribe(({ scope, claims }, before) => {
    if (scope !== before.scope) ask(scope);
    else if (claims !== before.claims && scope !== undefined) void hold(scope, { steal: true });
  });
  ask(keeper.getState().scope);
}
