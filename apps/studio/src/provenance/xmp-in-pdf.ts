import { PDFDocument, PDFName } from 'pdf-lib';

/** The document's metadata stream (PDF 1.7, section 14.3.2). */
export async function pdfWithXmp(pdf: Buffer, xmp: string): Promise<Buffer> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const stream = document.context.stream(Buffer.from(xmp), { Type: 'Metadata', Subtype: 'XML' });
  document.catalog.set(PDFName.of('Metadata'), document.context.register(stream));
  return Buffer.from(await document.save());
}
