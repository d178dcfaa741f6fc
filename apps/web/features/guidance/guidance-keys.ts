/** Of what one has asked in a project. */
export const inquiriesKey = (projectId: string) => ["inquiries", projectId] as const;

/** Of how much waits in a project's inbox; it goes with the inbox itself. */
export const openRemarksKey = (projectId: string) => ["project", projectId, "remarks", "open"] as const;
