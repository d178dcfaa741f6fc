import { archiveRoutes } from "./archives.ts";
import { arenaRoutes } from "./arena.ts";
import { browseRoutes } from "./browse.ts";
import { buildingRoutes } from "./building.ts";
import { deletingRoutes } from "./deleting.ts";
import { endpointRoutes } from "./endpoints.ts";
import { erasingRoutes } from "./erasing.ts";
import { guidanceRoutes } from "./guidance.ts";
import { labelSetRoutes } from "./label-sets.ts";
import { learningRoutes } from "./learning.ts";
import { leavingOutRoutes } from "./leaving-out.ts";
import { mappingRoutes } from "./mappings.ts";
import { mediaRoutes } from "./media.ts";
import { peopleRoutes } from "./people.ts";
import { projectRoutes } from "./projects.ts";
import { registryRoutes } from "./registry.ts";
import { serviceRoutes } from "./service.ts";
import { servingRoutes } from "./serving.ts";
import { spoolRoutes } from "./spool.ts";
import { webhookRoutes } from "./webhooks.ts";
import { workRoutes } from "./work.ts";

/** Every endpoint by name. The API registers exactly these; a route that is not here does not exist. */
export const routes = {
  ...serviceRoutes,
  ...peopleRoutes,
  ...projectRoutes,
  ...mediaRoutes,
  ...mappingRoutes,
  ...spoolRoutes,
  ...buildingRoutes,
  ...browseRoutes,
  ...labelSetRoutes,
  ...leavingOutRoutes,
  ...deletingRoutes,
  ...erasingRoutes,
  ...workRoutes,
  ...guidanceRoutes,
  ...learningRoutes,
  ...registryRoutes,
  ...webhookRoutes,
  ...archiveRoutes,
  ...endpointRoutes,
  ...servingRoutes,
  ...arenaRoutes,
};
export type RouteName = keyof typeof routes;
