import { darken, lighten } from '../images/colour.js';
import type { Pencil } from './drawing.js';
import type { Looks } from './presenters.js';

/** What falls behind the neck and the shoulders: drawn before them. */
export function hairBehind(pencil: Pencil, { style, hair }: Looks): void {
  const shade = darken(hair, 0.22);
  if (style === 'waves')
    pencil.fill(
      'M352 330C318 420 330 480 304 560C284 622 300 700 342 742C420 772 580 772 658 742C700 700 716 622 696 560C670 480 682 420 648 330C620 230 380 230 352 330Z',
      shade,
    );
  if (style === 'bob')
    pencil.fill(
      'M344 340C322 430 330 520 346 566C380 592 620 592 654 566C670 520 678 430 656 340C620 220 380 220 344 340Z',
      shade,
    );
  if (style === 'scarf')
    pencil.fill(
      'M330 360C310 470 330 600 300 720C380 800 620 800 700 720C670 600 690 470 670 360C640 190 360 190 330 360Z',
      shade,
    );
}

/** What frames the face: drawn last, never below the ears but for what belongs there. */
export function hairBefore(pencil: Pencil, looks: Looks): void {
  const { hair } = looks;
  const shine = lighten(hair, 0.16);
  switch (looks.style) {
    case 'waves':
      pencil.fill(
        'M500 186C400 180 336 246 340 350C340 410 330 440 326 480C352 470 364 430 366 392C372 330 420 292 478 262C540 300 618 318 634 392C638 432 648 470 674 480C670 440 660 410 660 350C664 246 600 180 500 186Z',
        hair,
      );
      pencil.line('M400 258C430 226 470 214 508 214', shine, 9, 0.7);
      break;
    case 'crop':
      pencil.fill(
        'M352 352C346 250 404 196 500 196C596 196 654 250 648 352C640 352 636 330 632 306C610 276 566 268 500 268C434 268 390 276 368 306C364 330 360 352 352 352Z',
        hair,
      );
      break;
    case 'bob':
      pencil.fill(
        'M500 184C396 180 332 250 340 360C340 440 334 500 346 562C378 552 386 480 376 400C372 350 400 318 452 304C520 300 590 312 622 352C628 440 622 520 654 562C666 500 660 440 660 360C668 250 604 180 500 184Z',
        hair,
      );
      pencil.fill(
        'M376 392C384 320 452 276 560 262C600 270 624 310 626 372C590 336 520 318 452 330C420 338 392 356 376 392Z',
        hair,
      );
      pencil.line('M420 244C454 216 500 208 540 212', shine, 9, 0.7);
      break;
    case 'side':
      pencil.fill(
        'M350 366C336 262 386 190 492 184C600 176 664 244 650 366C642 366 638 340 630 318C610 290 560 284 500 286C462 286 430 276 412 258C400 288 378 304 368 324C362 342 358 366 350 366Z',
        hair,
      );
      pencil.line('M430 246C470 214 530 208 580 226', shine, 8, 0.8);
      break;
    case 'scarf':
      scarf(pencil, hair);
      break;
  }
}

/** A head scarf lies close around the face, crosses under the chin and falls over one shoulder. */
function scarf(pencil: Pencil, cloth: string): void {
  const fold = darken(cloth, 0.2);
  pencil.fill(
    'M500 176C380 172 318 260 322 380C324 480 360 570 440 628C470 648 530 648 560 628C640 570 676 480 678 380C682 260 620 172 500 176ZM500 266C590 262 632 318 632 396C632 490 580 568 500 572C420 568 368 490 368 396C368 318 410 262 500 266Z',
    cloth,
  );
  pencil.line('M372 330C386 276 440 244 500 242C560 244 614 276 628 330', fold, 6, 0.6);
  pencil.line('M350 440C362 520 404 588 462 616', fold, 6, 0.5);
  pencil.line('M650 440C638 520 596 588 538 616', fold, 6, 0.5);
}
