/** What of a picture a stage shows: how large, and by how much its middle lies off the stage's, in pixels. */
export interface ZoomView {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Small pictures are shown larger than they are, and none so large that its pixels are all that is seen. */
const mostFit = 4;
const mostTimes = 16;

/** The whole picture, as large as the stage has room for. */
export function fitted(picture: Size, stage: Size): ZoomView {
  return { scale: fitScale(picture, stage), x: 0, y: 0 };
}

function fitScale(picture: Size, stage: Size): number {
  return Math.min(stage.width / picture.width, stage.height / picture.height, mostFit);
}

/** Larger or smaller by a factor, so that what lies under the point stays there. The point is seen from the stage's middle. */
export function zoomed(
  view: ZoomView,
  factor: number,
  point: { readonly x: number; readonly y: number },
  picture: Size,
  stage: Size,
): ZoomView {
  const fit = fitScale(picture, stage);
  const scale = Math.min(Math.max(view.scale * factor, fit), Math.max(fit * mostTimes, mostFit));
  const times = scale / view.scale;
  const moved = { scale, x: point.x - (point.x - view.x) * times, y: point.y - (point.y - view.y) * times };
  return kept(moved, picture, stage);
}

/** Moved, as far as there is picture beyond the stage's edge. */
export function panned(
  view: ZoomView,
  by: { readonly x: number; readonly y: number },
  picture: Size,
  stage: Size,
): ZoomView {
  return kept({ ...view, x: view.x + by.x, y: view.y + by.y }, picture, stage);
}

function kept({ scale, x, y }: ZoomView, picture: Size, stage: Size): ZoomView {
  const beyond = (length: number, room: number) => Math.max(0, (length * scale - room) / 2);
  const within = (value: number, most: number) => Math.min(Math.max(value, -most), most) + 0;
  return {
    scale,
    x: within(x, beyond(picture.width, stage.width)),
    y: within(y, beyond(picture.height, stage.height)),
  };
}
