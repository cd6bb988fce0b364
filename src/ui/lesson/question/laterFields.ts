// Answers of the kinds of questions that a lesson rarely begins with: a chunk of their own.

export { ClickFields } from './ClickFields.tsx';
export { MatchFields } from './MatchFields.tsx';
export { OrderFields } from './OrderFields.tsx';
export { TypedField } from './TypedField.tsx';
