// Words of what every part of the page is made of.

export const notLoaded = 'This part did not load';
export const noAnswer = 'The page asked for it and got no answer.';
export const reload = 'Reload the page';
export const notice = 'Notice';
