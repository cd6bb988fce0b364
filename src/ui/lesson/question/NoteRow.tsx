import { classNames } from '../../common/classNames.ts';
import { type Meaning, MeaningIcon } from '../../common/Tag.tsx';
import { LessonHtml } from '../LessonHtml.tsx';
import styles from './NoteRow.module.css';
import type { Note } from './notes.ts';
import * as WORDS from './words.ts';

const MEANINGS: Readonly<Record<Note['tone'], Meaning>> = { right: 'ok', wrong: 'drop', missed: 'pending' };
const SAID: Readonly<Record<Note['tone'], string>> = {
  right: WORDS.noteRight,
  wrong: WORDS.noteWrong,
  missed: WORDS.noteMissed,
};

/** Feedback from edge to edge of its card. `lead`: a first word, such as "Right." */
export function NoteRow({ note, lead }: { readonly note: Note; readonly lead?: string | undefined }) {
  return (
    <div className={classNames(styles.row, styles[note.tone])}>
      <MeaningIcon meaning={MEANINGS[note.tone]} word={SAID[note.tone]} />
      <div>
        {lead !== undefined && <strong className={styles.lead}>{lead} </strong>}
        <LessonHtml look="label" html={note.html} />
      </div>
    </div>
  );
}

/** Rows of feedback in their order. */
export function NoteRows({ notes, lead }: { readonly notes: readonly Note[]; readonly lead?: string | undefined }) {
  return notes.map((note, index) => (
    <NoteRow
      key={`${note.of}/${note.option ?? ''}/${note.html}`}
      note={note}
      lead={index === 0 && note.tone === 'right' ? lead : undefined}
    />
  ));
}
