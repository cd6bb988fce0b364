// Programs that read text and print text. One line a program.

import type { Command } from '../command.ts';
import { awk } from './awk.ts';
import { cat } from './cat.ts';
import { column } from './column.ts';
import { cut, tr } from './cutTr.ts';
import { echo, printf } from './echo.ts';
import { grep } from './grep.ts';
import { head, tail } from './headTail.ts';
import { ls } from './ls.ts';
import { sed } from './sed.ts';
import { sort, uniq } from './sort.ts';
import { wc } from './wc.ts';

export const FILTERS: readonly Command[] = [
  awk,
  cat,
  column,
  cut,
  echo,
  grep,
  head,
  ls,
  printf,
  sed,
  sort,
  tail,
  tr,
  uniq,
  wc,
];
