import { darken, lighten } from '../images/colour.js';
import type { Pencil } from './drawing.js';
import type { Looks } from './presenters.js';

const TORSO =
  'M500 640C440 650 330 664 262 720C206 768 186 880 178 1100L822 1100C814 880 794 768 738 720C670 664 560 650 500 640Z';

/** Neck, shoulders and what is worn. */
export function drawBody(pencil: Pencil, looks: Looks): void {
  const { skin, cloth, under } = looks;
  const shade = darken(cloth, 0.2);
  const neck = (): void => {
    pencil.fill('M442 500L442 650C442 700 558 700 558 650L558 500Z', skin);
    pencil.fill('M442 560C470 604 530 604 558 560L558 590C536 634 464 634 442 590Z', darken(skin, 0.2), 0.75);
  };
  switch (looks.clothes) {
    case 'blazer':
    case 'suit':
      pencil.fill(TORSO, cloth);
      pencil.fill('M436 644L500 900L564 644C540 690 460 690 436 644Z', under);
      neck();
      if (looks.clothes === 'suit') shirtAndTie(pencil);
      lapels(pencil, cloth);
      break;
    case 'sweater':
      pencil.fill(TORSO, cloth);
      neck();
      pencil.fill('M424 640C440 700 560 700 576 640L590 664C566 736 434 736 410 664Z', under);
      pencil.line('M300 800C296 880 300 980 304 1100', shade, 7, 0.5);
      pencil.line('M700 800C704 880 700 980 696 1100', shade, 7, 0.5);
      break;
    case 'shirt':
      pencil.fill(TORSO, cloth);
      neck();
      pencil.fill('M436 630L372 668L440 756L500 690Z', lighten(cloth, 0.35));
      pencil.fill('M564 630L628 668L560 756L500 690Z', lighten(cloth, 0.35));
      pencil.line('M436 636L376 668L440 752L500 692L560 752L624 668L564 636', darken(cloth, 0.25), 4, 0.7);
      pencil.line('M500 700L500 1100', darken(cloth, 0.22), 4);
      for (const y of [770, 860, 950]) pencil.oval(512, y, 6, 6, under);
      break;
    case 'tunic':
      pencil.fill(TORSO, cloth);
      pencil.fill('M420 500L420 680L580 680L580 500Z', darken(under, 0.2));
      pencil.fill(
        'M392 596C420 660 580 660 608 596C660 640 690 700 668 770C600 850 420 830 340 740C330 680 350 630 392 596Z',
        under,
      );
      pencil.line('M400 640C450 720 560 750 640 720', darken(under, 0.2), 7, 0.6);
      pencil.line('M372 690C440 770 540 800 630 780', darken(under, 0.2), 7, 0.5);
      break;
  }
  pencil.line('M256 800C246 880 246 980 250 1100', shade, 6, 0.6);
  pencil.line('M744 800C754 880 754 980 750 1100', shade, 6, 0.6);
}

function shirtAndTie(pencil: Pencil): void {
  pencil.fill('M440 628L406 664L462 738L500 692Z', '#ffffff');
  pencil.fill('M560 628L594 664L538 738L500 692Z', '#ffffff');
  pencil.line('M440 632L410 664L462 732L500 692L538 732L590 664L560 632', '#c3cad8', 3);
  pencil.fill('M478 700L522 700L514 746L540 900L500 950L460 900L486 746Z', '#b3364a');
  pencil.line('M486 746L514 746', '#8c2437', 4);
}

function lapels(pencil: Pencil, cloth: string): void {
  const edge = darken(cloth, 0.3);
  const light = lighten(cloth, 0.08);
  pencil.fill('M420 640L366 668L336 780L396 800L372 836L500 1040L500 920C470 820 440 720 420 640Z', light);
  pencil.fill('M580 640L634 668L664 780L604 800L628 836L500 1040L500 920C530 820 560 720 580 640Z', light);
  pencil.line('M366 668L336 780L396 800L372 836L500 1040', edge, 5, 0.7);
  pencil.line('M634 668L664 780L604 800L628 836L500 1040L500 1100', edge, 5, 0.7);
}
