import { hash32 } from '../providers/local/images/random.js';

/** What every generated file says of itself. */
export interface Mark {
  /** A term of the IPTC vocabulary of digital source types, as an address. */
  readonly sourceType: string;
  /** Who made it, e.g. `EventZR Studio (local, scene-composer-4)`. */
  readonly tool: string;
  readonly jobId: string;
  readonly madeAt: Date;
}

const VOCABULARY = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

/** Trained models and our own drawing rules are different things, and so are new pictures and changed ones. */
export function sourceTypeOf({
  provider,
  changed,
}: {
  readonly provider: string;
  readonly changed: boolean;
}): string {
  if (provider === 'local') return VOCABULARY + (changed ? 'algorithmicallyEnhanced' : 'algorithmicMedia');
  return VOCABULARY + (changed ? 'compositeWithTrainedAlgorithmicMedia' : 'trainedAlgorithmicMedia');
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** An XMP packet in RDF. The mark stands as an IPTC extension; XMP's own fields name tool and time. */
export function xmpOf({ sourceType, tool, jobId, madeAt }: Mark): string {
  const id = hash32(jobId).toString(16);
  return `<?xpacket begin="\u{feff}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" Iptc4xmpExt:DigitalSourceType="${escaped(sourceType)}" xmp:CreatorTool="${escaped(tool)}" xmp:CreateDate="${madeAt.toISOString()}" xmpMM:DocumentID="urn:uuid:${escaped(jobId)}" xmpMM:InstanceID="eventzr:${id}"><dc:identifier>${escaped(jobId)}</dc:identifier></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
}

/** One line for formats that have nothing but a comment. */
export function commentOf({ sourceType, tool, jobId, madeAt }: Mark): string {
  return `AI-generated; DigitalSourceType=${sourceType}; tool=${tool}; job=${jobId}; at=${madeAt.toISOString()}`;
}
