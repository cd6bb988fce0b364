import type { InspectionSection } from '../../client/port.ts';

export type SectionOf<K extends InspectionSection['kind']> = Extract<InspectionSection, { readonly kind: K }>;
