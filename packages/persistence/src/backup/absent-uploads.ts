import { type Problem, problems, refused } from "@touchstone/contracts";
import pg from "pg";

/**
 * Says of each file that waited for its import when a backup was made that it is not there any more, as its page shows it:
 * a backup holds the rows of such files and not their bytes. Those that are read in place, in a folder of the server, hold
 * their bytes there.
 *
 * @param url of a database that was filled from a backup and that nobody uses yet
 * @returns how many files it were
 */
export async function failAbsentUploads(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url, application_name: "touchstone restore" });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `UPDATE spooled_file f SET state = 'failed', turn = NULL,
         problem = $1::jsonb || jsonb_build_object('requestId', f.id)
       WHERE f.stamp IS NULL AND f.state <> 'failed'`,
      [JSON.stringify(notInBackup())],
    );
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}

function notInBackup(): Omit<Problem, "requestId"> {
  const { code, message, reason } = refused("spooledNotInBackup");
  return {
    type: `urn:touchstone:problem:${code}`,
    code,
    ...problems[code],
    detail: message,
    ...(reason ? { reason } : {}),
  };
}
