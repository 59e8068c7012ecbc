/**
 * Gemini 3 and later refuse a conversation whose function calls come back without the signature they were given with.
 * A caller carries nothing but the id of a call, so the signature travels in it.
 */
const MARK = '__thought__';

/** What the vendor documents for calls that it did not make itself, such as those of another vendor before a fallback. */
const NOT_ITS_OWN = 'skip_thought_signature_validator';

/** The id under which a caller gets a call. `signature` is base64. */
export function signedCallId(id: string, signature: string | undefined): string {
  if (signature === undefined || signature === '') return id;
  return `${id}${MARK}${Buffer.from(signature, 'base64').toString('base64url')}`;
}

/** The id as the vendor knows it, and its signature. */
export function readCallId(id: string): { readonly id: string; readonly signature: string | undefined } {
  const [bare = '', signature] = id.split(MARK);
  return {
    id: bare,
    signature: signature === undefined ? undefined : Buffer.from(signature, 'base64url').toString('base64'),
  };
}

/** What stands beside the first call of a turn. Generations before the third take no notice. */
export function signatureToSend(id: string, model: string): string | undefined {
  return readCallId(id).signature ?? (isGemini3OrLater(model) ? NOT_ITS_OWN : undefined);
}

/** The third generation and later think by themselves and want neither sampling parameters nor unsigned calls. */
export function isGemini3OrLater(model: string): boolean {
  return Number(/gemini-(\d+)/.exec(model)?.[1] ?? 0) >= 3;
}
