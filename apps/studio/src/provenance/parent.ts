/** The picture that a piece was made from, as far as it tells where it came from itself. */
export interface Parent {
  /** Of the input file. */
  readonly id: string;
  readonly mimeType: string;
  /** A term of the IPTC vocabulary of digital source types, as an address; absent: it carried no mark. */
  readonly sourceType?: string;
  /** Its C2PA manifests (JUMBF), which were valid for the file that was handed in. */
  readonly manifests?: Buffer;
}
