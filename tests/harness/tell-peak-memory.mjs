// Loaded with --import into a program whose memory is to be known: its last line on stderr is its peak, in megabytes.
process.on("exit", () =>
  process.stderr.write(`\npeak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n`),
);
