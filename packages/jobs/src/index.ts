export { type ArchiveQueue, openArchiveQueue } from "./archives.ts";
export { producerConnection, workerConnection } from "./connection.ts";
export { faultOfPattern, nextOf } from "./cron-pattern.ts";
export { type LabelFitQueue, openLabelFitQueue } from "./label-fits.ts";
export { type LabelSetFileQueue, openLabelSetFileQueue } from "./label-set-files.ts";
export {
  ArchiveJob,
  archiveQueueName,
  LabelFitJob,
  LabelSetFileJob,
  labelFitQueueName,
  labelSetFileQueueName,
  ReportCardJob,
  RowLengthsAnswer,
  RowLengthsJob,
  RunJob,
  reportCardQueueName,
  rowLengthsQueueName,
  runQueueName,
  ScheduleJob,
  scheduleQueueName,
} from "./queues.ts";
export { openReportCardQueue, type ReportCardQueue } from "./report-cards.ts";
export { openRowLengthsQueue, type RowLengthsQueue } from "./row-lengths.ts";
export { openRunQueues, type RunQueues } from "./runs.ts";
export { openScheduleQueue, type ScheduleQueue } from "./schedules.ts";
export {
  openServingQueue,
  type ServedScore,
  type ServingAsk,
  ServingJob,
  type ServingNews,
  type ServingQueue,
  servingBeatMs,
  servingChannel,
  servingQueueName,
} from "./serving.ts";
