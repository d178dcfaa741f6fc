import { Command } from "commander";

const keyHelp = `
A key encrypts the file (AES-256-GCM, the key stretched by scrypt): TOUCHSTONE_BACKUP_KEY, or --key-file. Without the key
nobody reads the file again, so keep it elsewhere. Without one the file is readable by whoever has it.`;

/** `backup FILE`. */
export function backupCommand(): Command {
  return new Command("backup")
    .description("write this installation into one file, while people work or while it is stopped")
    .argument("<file>", "where to; nothing is overwritten")
    .option("--key-file <file>", "file whose text encrypts the backup")
    .addHelpText("after", backupHelp + keyHelp)
    .action(async (file: string, options: { keyFile?: string }) => {
      const { backup } = await import("./backup.ts");
      await backup(file, options);
    });
}

/** `restore FILE`. */
export function restoreCommand(): Command {
  return new Command("restore")
    .description("bring a backup into an empty data folder, and check that all of it arrived")
    .argument("<file>", "a file that backup wrote, by this version or an older one")
    .option("--key-file <file>", "file whose text the backup was encrypted with")
    .addHelpText("after", restoreHelp + keyHelp)
    .action(async (file: string, options: { keyFile?: string }) => {
      const { restore } = await import("./restore.ts");
      await restore(file, options);
    });
}

const backupHelp = `
In it: every table of the database at one moment, the models and checkpoints that its rows name, and the data folder's
secret, which signs cookies. Not in it: Redis, logs, what the environment sets, and the database's own password.
Which installation: TOUCHSTONE_DATA_DIR (default .touchstone), or DATABASE_URL with TOUCHSTONE_FILES_DIR.
`;

const restoreHelp = `
Into: TOUCHSTONE_DATA_DIR (default .touchstone), which must be empty or not there; or an empty database at DATABASE_URL
with an empty TOUCHSTONE_FILES_DIR. A backup of an older version is brought to the present form. Rows and files are
counted and hashed again before it says that they are there. Whoever was signed in when the backup was made is signed in
again, and tokens that were revoked later are valid again.
`;
