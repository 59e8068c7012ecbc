import type { FamilyId } from './event-types.js';
import type { Family } from './family.js';
import {
  CONFERENCE,
  EXHIBITION,
  HACKATHON,
  LAUNCH,
  NETWORKING,
  OFFSITE,
  TEAM,
  WORKSHOP,
} from './families-business.js';
import { CEREMONY, CONCERT, FESTIVAL, GENERIC, MEMORIAL, PICNIC, RACE, SPORT } from './families-public.js';
import { GALA, KIDS, MEAL, PARTY, SHOWER, WEDDING } from './families-social.js';

export const FAMILIES: Readonly<Record<FamilyId, Family>> = {
  team: TEAM,
  offsite: OFFSITE,
  conference: CONFERENCE,
  workshop: WORKSHOP,
  networking: NETWORKING,
  launch: LAUNCH,
  gala: GALA,
  hackathon: HACKATHON,
  exhibition: EXHIBITION,
  festival: FESTIVAL,
  concert: CONCERT,
  wedding: WEDDING,
  party: PARTY,
  meal: MEAL,
  kids: KIDS,
  shower: SHOWER,
  sport: SPORT,
  race: RACE,
  memorial: MEMORIAL,
  ceremony: CEREMONY,
  picnic: PICNIC,
  generic: GENERIC,
};

/** What replaces rooms and meals when everybody joins from a screen. */
export const VIRTUAL: Pick<Family, 'budget' | 'venues' | 'staff' | 'vendors' | 'risks' | 'steps'> = {
  budget: [
    '30|Platform and licences|sessions, break-out rooms, recording',
    '22|Production|director, host, graphics',
    '22|Speakers or entertainers|fees, rehearsal',
    '12|Participant kits|post, snacks or materials',
    '9|Invitations and registration|mailing, reminders',
  ],
  venues: [
    'both|2-100|Meeting platform with break-out rooms|best for talking; everyone with a camera',
    'both|50-5000|Webinar platform with moderated questions|best for listening; hosts control sound',
    'both|10-500|Virtual space with tables to walk between|best for meeting people',
    'both|2-100000|Small studio with a stream|best picture; needs a crew of three',
  ],
  staff: ['50|1|moderators for the chat', '500|1|technical hosts', '200|1|help-desk staff'],
  vendors: ['Platform provider', 'Production crew', 'Kit shipper'],
  steps: [
    '6|Aim, audience, date across the time zones',
    '5|Platform and hosts',
    '4|Invitations with a calendar entry',
    '2|Running order, slides, interaction every ten minutes',
    '1|Technical rehearsal with everyone who speaks',
    '0|On the day: open the host room 30 minutes early',
    '-1|Send recording, notes and survey // Send notes and survey',
  ],
  risks: [
    'Host loses the connection|second host on another network',
    'People drop out after 40 minutes|break every 45 minutes, interaction every 10',
    'Uninvited guests|waiting room and personal links',
  ],
};
