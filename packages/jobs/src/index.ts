export { producerConnection, workerConnection } from "./connection.ts";
export {
  RunJob,
  runQueueName,
  ScheduleJob,
  scheduleQueueName,
} from "./queues.ts";
export { openRunQueues, type RunQueues } from "./runs.ts";
export { openScheduleQueue, type ScheduleQueue } from "./schedules.ts";
