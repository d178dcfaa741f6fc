export interface RedisBinary {
  command: string;
  /** What its shared libraries need, where it was unpacked beside the system rather than installed. */
  env: Record<string, string>;
}
