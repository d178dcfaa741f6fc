/** By which letter an answer goes, by its place as shown, counted from 0. */
export const letterOf = (place: number): string => String.fromCharCode("A".charCodeAt(0) + place);
