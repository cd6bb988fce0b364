// nginx: the well-known web server with its welcome page, on port 80.

import { success } from '../runtime/errors.ts';
import type { Image } from './image.ts';
import { httpProgram, httpResponse } from './web.ts';

const WELCOME = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
</head>
<body>
<h1>Welcome to nginx!</h1>
</body>
</html>
`;

export const nginx: Image = {
  name: 'nginx',
  aliases: ['docker.io/library/nginx', 'docker.io/nginx', 'library/nginx'],
  process: 'nginx',
  endsOnTerm: true,
  listens: () => success([{ protocol: 'tcp', address: '0.0.0.0', port: 80 }]),
  program: httpProgram(path =>
    path === '/' ? httpResponse(200, WELCOME, 'text/html') : httpResponse(404, '404 Not Found\n', 'text/html'),
  ),
};
