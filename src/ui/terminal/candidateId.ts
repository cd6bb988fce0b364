export const candidateId = (list: string, index: number): string => `${list}-${index}`;
