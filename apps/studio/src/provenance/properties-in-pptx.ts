import JSZip from 'jszip';
import { commentOf, escaped, type Mark } from './mark.js';

const PART = 'docProps/custom.xml';
const CONTENT_TYPES = '[Content_Types].xml';
const RELATIONSHIPS = '_rels/.rels';
const FORMATS = 'http://schemas.openxmlformats.org/officeDocument/2006';
/** Of all custom properties (ECMA-376 part 1, 22.3). */
const FORMAT_ID = '{D5CDD505-2E9C-101B-9397-08002B2CF9AE}';
const FIRST_PROPERTY = 2;

function propertiesOf(mark: Mark): string {
  const values = Object.entries({
    DigitalSourceType: mark.sourceType,
    AIGenerated: commentOf(mark),
    Generator: mark.tool,
  });
  const properties = values.map(
    ([name, value], index) =>
      `<property fmtid="${FORMAT_ID}" pid="${index + FIRST_PROPERTY}" name="${name}"><vt:lpwstr>${escaped(value)}</vt:lpwstr></property>`,
  );
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="${FORMATS}/custom-properties" xmlns:vt="${FORMATS}/docPropsVTypes">${properties.join('')}</Properties>`;
}

/** The presentation with custom document properties; it must have none yet, as is so with those that are made here. */
export async function pptxWithProperties(bytes: Buffer, mark: Mark): Promise<Buffer> {
  const zip = await JSZip.loadAsync(bytes);
  const insert = async (part: string, element: string, end: string): Promise<void> => {
    const xml = await zip.file(part)?.async('string');
    if (xml?.includes(end) !== true) throw new Error(`the presentation has no ${part}`);
    zip.file(
      part,
      xml.replace(end, () => element + end),
      { date: mark.madeAt },
    );
  };
  await insert(
    CONTENT_TYPES,
    `<Override PartName="/${PART}" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>`,
    '</Types>',
  );
  await insert(
    RELATIONSHIPS,
    `<Relationship Id="rIdMark" Type="${FORMATS}/relationships/custom-properties" Target="${PART}"/>`,
    '</Relationships>',
  );
  zip.file(PART, propertiesOf(mark), { date: mark.madeAt });
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}
