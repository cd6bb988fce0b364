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

/** The first word of feedback: "Right." */
export type Leads = Partial<Readonly<Record<Note['tone'], string>>>;

/** Feedback from edge to edge of its card. */
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
export function NoteRows({ notes, leads }: { readonly notes: readonly Note[]; readonly leads?: Leads | undefined }) {
  return notes.map((note, index) => (
    <NoteRow
      key={`${note.of}/${note.option ?? ''}/${note.html}`}
      note={note}
      lead={index === 0 ? leads?.[note.tone] : undefined}
    />
  ));
}
