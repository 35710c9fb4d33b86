import type { PNG } from "pngjs";

/** Left, top, right, bottom of a part of a picture; right and bottom are outside. */
export type Box = readonly [number, number, number, number];

/** Red, green and blue. */
export type Colour = readonly [number, number, number];

/** How many columns of a box have a pixel that is clearly darker than paper and grid lines. */
export function inkedColumns(picture: PNG, [left, top, right, bottom]: Box): number {
  let count = 0;
  for (let x = left; x < right; x++) {
    for (let y = top; y < bottom; y++) {
      const [red = 255, green = 255, blue = 255, opacity = 0] = pixel(picture, x, y);
      if (opacity > 127 && (red + green + blue) / 3 < 160) {
        count++;
        break;
      }
    }
  }
  return count;
}

/** How many pixels of a box have a colour; each part may be off by a little. */
export function pixelsOf(picture: PNG, [left, top, right, bottom]: Box, colour: Colour): number {
  let count = 0;
  for (let x = left; x < right; x++) {
    for (let y = top; y < bottom; y++) {
      const found = pixel(picture, x, y);
      if (colour.every((part, index) => Math.abs(part - (found[index] ?? 0)) <= 3)) count++;
    }
  }
  return count;
}

function pixel({ data, width }: PNG, x: number, y: number): Uint8Array {
  const at = (y * width + x) * 4;
  return data.subarray(at, at + 4);
}
