import { hash32 } from '../providers/local/images/random.js';
import type { Parent } from './parent.js';

/** What every generated file says of itself. */
export interface Mark {
  /** A term of the IPTC vocabulary of digital source types, as an address. */
  readonly sourceType: string;
  /** Who made it, e.g. `EventZR Studio (local, scene-composer-4)`. */
  readonly tool: string;
  readonly jobId: string;
  readonly madeAt: Date;
  /** What it was made from; absent: it is new. */
  readonly parent?: Parent;
}

const VOCABULARY = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

const TRAINED = `${VOCABULARY}trainedAlgorithmicMedia`;
const COMPOSITE = `${VOCABULARY}compositeWithTrainedAlgorithmicMedia`;
const ALGORITHMIC = `${VOCABULARY}algorithmicMedia`;
const ENHANCED = `${VOCABULARY}algorithmicallyEnhanced`;
const MADE_BY_MACHINE = new Set([TRAINED, COMPOSITE, ALGORITHMIC]);

/**
 * Trained models and our own drawing rules are different things, and so are new pictures and changed ones. What a
 * machine made stays that, however our rules change it: a cropped picture of a model is no less a model's.
 */
export function sourceTypeOf({
  provider,
  parent,
}: {
  readonly provider: string;
  readonly parent: Pick<Parent, 'sourceType'> | undefined;
}): string {
  const local = provider === 'local';
  if (parent === undefined) return local ? ALGORITHMIC : TRAINED;
  const inherited = parent.sourceType;
  if (!local) return inherited === TRAINED ? TRAINED : COMPOSITE;
  return inherited !== undefined && MADE_BY_MACHINE.has(inherited) ? inherited : ENHANCED;
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
