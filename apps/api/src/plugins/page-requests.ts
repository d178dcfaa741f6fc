import type { FastifyRequest } from "fastify";

/**
 * Whether a request is passed on to the pages: the router has said so, after decoding the address. The raw address says
 * nothing (`/%61pi/session` and `http://host/api/session` are the API's), so no check may look at it.
 */
export const isForPages = ({ routeOptions }: Pick<FastifyRequest, "routeOptions">): boolean =>
  routeOptions.config.pages === true;
