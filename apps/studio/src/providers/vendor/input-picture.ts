import sharp from 'sharp';

/** A checked picture, small enough to be sent along with a request: JPEG of at most that many pixels a side. */
export async function inputJpeg(picture: Buffer, longestSide = 1920): Promise<Buffer> {
  return sharp(picture)
    .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 88 })
    .toBuffer();
}
