import { Command } from "commander";

/** What only whoever runs the installation may do: it goes to the database itself and asks for no sign-in. */
export function operatorCommand(): Command {
  const operator = new Command("operator").description("what only whoever runs this installation may do");
  operator
    .command("reset <email>")
    .description("give a login a new password, printed once; its sessions and API tokens end in every workspace")
    .action(async (email: string) => {
      const { reset } = await import("./reset.ts");
      await reset(email);
    });
  operator
    .command("workspace <name>")
    .description("make a workspace with its first admin")
    .requiredOption("--email <email>", "who becomes its admin; a login that is there keeps its password")
    .option("--admin <name>", "the admin's name", "Admin")
    .action(async (name: string, options: { email: string; admin: string }) => {
      const { makeWorkspace } = await import("./workspace.ts");
      await makeWorkspace(name, options);
    });
  return operator;
}
