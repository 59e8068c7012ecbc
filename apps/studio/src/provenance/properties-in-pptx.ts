import JSZip from 'jszip';
import { commentOf, escaped, type Mark } from './mark.js';

const PART = 'docProps/custom.xml';
const CONTENT_TYPES = '[Content_Types].xml';
const RELATIONS = '_rels/.rels';
const PART_TYPE = 'application/vnd.openxmlformats-officedocument.custom-properties+xml';
const RELATION_TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties';
/** The set of properties that users may name themselves (ECMA-376, part 1, 22.3). */
const FORMAT_ID = '{D5CDD505-2E9C-101B-9397-08002B2CF9AE}';
/** 0 and 1 are reserved. */
const FIRST_PROPERTY_ID = 2;

/** The presentation with the mark among its custom properties, which office programs show and keep. */
export async function pptxWithProperties(pptx: Buffer, mark: Mark): Promise<Buffer> {
  const zip = await JSZip.loadAsync(pptx);
  const types = await partOf(zip, CONTENT_TYPES);
  const relations = await partOf(zip, RELATIONS);
  if (zip.file(PART) !== null) throw new Error(`the presentation has its own ${PART}`);
  const override = `<Override PartName="/${PART}" ContentType="${PART_TYPE}"/>`;
  const relation = `<Relationship Id="rIdEventzrMark" Type="${RELATION_TYPE}" Target="${PART}"/>`;
  zip.file(CONTENT_TYPES, types.replace('</Types>', `${override}</Types>`));
  zip.file(RELATIONS, relations.replace('</Relationships>', `${relation}</Relationships>`));
  zip.file(PART, propertiesOf(mark), { date: mark.madeAt });
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

async function partOf(zip: JSZip, name: string): Promise<string> {
  const part = zip.file(name);
  if (part === null) throw new Error(`the presentation has no ${name}`);
  return part.async('string');
}

function propertiesOf(mark: Mark): string {
  const properties = {
    DigitalSourceType: mark.sourceType,
    CreatorTool: mark.tool,
    JobId: mark.jobId,
    AIGenerated: commentOf(mark),
  };
  const listed = Object.entries(properties).map(
    ([name, value], index) =>
      `<property fmtid="${FORMAT_ID}" pid="${FIRST_PROPERTY_ID + index}" name="${name}"><vt:lpwstr>${escaped(value)}</vt:lpwstr></property>`,
  );
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">${listed.join('')}</Properties>`;
}
