import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';

/** As it came, so that the server sees the page's origin and the front's name. */
export const forward = (
  request: IncomingMessage,
  response: ServerResponse,
  upstream: string,
  path = request.url ?? '/',
): void => {
  const { hostname, port } = new URL(upstream);
  const { method, headers } = request;
  const onward = ask({ hostname, port, path, method, headers }, (reply) => {
    response.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(response);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  request.pipe(onward);
};
