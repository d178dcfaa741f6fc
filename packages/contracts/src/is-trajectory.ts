/** How the text of an answer begins that is a trajectory of an agent. Apart from its schema, so that pages know it without one. */
export function isTrajectory(text: string | null): text is string {
  return text?.startsWith('{"schema_version":"ATIF-v') === true;
}
