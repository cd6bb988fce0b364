// Serves the built page for the tests in Chromium.

import { root } from '../../src/server/install.mjs';
import { serveFolder } from '../../src/server/static.mjs';

const served = await serveFolder(`${root}/dist`, 4180);
console.log(served.url);
