import { createContext } from "react";

/** What it does to have nothing blurred any more, where that is not to be this person's setting, as on a preview; null at the desk. */
export const Unblurring = createContext<(() => void) | null>(null);
