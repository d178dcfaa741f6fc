/** What opens something, or lies where that is: nobody's but those processes' that use it. */
const secret = /^(?:DATABASE_URL|REDIS_URL|PGPASSWORD|TOUCHSTONE_(?:SECRET|ADMIN_PASSWORD|METRICS_TOKEN|BACKUP_KEY))$/;

/** An environment as a process may have it that needs none of our secrets. */
export function withoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !secret.test(name)));
}
