interface Place {
  /** The list's address with its filters. */
  readonly href: string;
  readonly itemId: string;
}

/** Which item of each project was opened last, and from which list: whoever comes back stands where they were. */
const places = new Map<string, Place>();

export const whereInList = {
  keep: (projectId: string, place: Place): void => void places.set(projectId, place),
  read: (projectId: string): Place | undefined => places.get(projectId),
};
