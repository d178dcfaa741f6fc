/**
 * What the environment of the API says of its memory, where that says nothing itself; `docker/Dockerfile` says the same. Else glibc
 * keeps freed memory apart for each thread, and V8 lets each heap of a machine with much memory grow to four times what is in
 * use before it collects: below two gigabytes it does so earlier. What one thread holds at once at most is a group of a
 * Parquet file, 256 MB as it is packed out.
 */
export function apiMemory(environment: NodeJS.ProcessEnv = process.env): Record<string, string> {
  return {
    MALLOC_ARENA_MAX: environment.MALLOC_ARENA_MAX ?? "2",
    NODE_OPTIONS: environment.NODE_OPTIONS ?? "--max-old-space-size=1536",
  };
}
