/** `a | b`, one a line: the same wish in other words, as callers vary it. Written before the reader was tuned; frozen. */
const PARAPHRASES = `
Generate an event description for a tech conference | Please generate an event description for a technology conference.
Plan a wedding in Lisbon for 120 guests | Plan a wedding for 120 guests in Lisbon
What is the capital of France? | What's the capital of France
How do I enable 2FA? | How can I turn on 2FA?
How do I disable two-factor authentication? | How can I switch off 2FA?
Write an invitation for a birthday party on June 5 | Could you please write an invitation for a birthday party on 5 June?
Draft a thank-you email for our sponsors | Write a thank-you e-mail for our sponsors
Plan a party for 30 people | Plan a party for thirty guests
Suggest a menu for a vegan dinner | Recommend a menu for a vegan dinner
Can you help me plan a company picnic? | Plan a company picnic
I need a schedule for a one-day workshop in Berlin | A schedule for a 1-day workshop in Berlin
Summarize this: the venue opens at 9. | Please summarize this: the venue opens at 9
Plan a retreat in Porto on 12 May for 40 guests | Plan a retreat for 40 attendees in Porto on May 12
Create a slogan for a jazz festival | Come up with a slogan for a jazz festival
What's the best way to seat 80 guests? | How do I seat 80 guests?
Write a poem for my mom | Write a poem for my mother
Where can I buy balloons? | Where can I purchase balloons?
Plan a gala with a budget of 20,000 euros | Plan a gala with a budget of €20000
Write me a toast for a retirement party | Write a toast for a retirement party, please
Don't mention alcohol in the invitation. | Do not mention alcohol in the invitation
Hello! Give me ideas for a team day | Give me suggestions for a team day
Organize a conference for 300 people in Madrid | Please organise a conference in Madrid for 300 people
Write a press release for the launch of our app | Create a press release for the launch of our app
List three venues in Rome | List 3 venues in Rome
I would like a playlist for a garden party | I want a playlist for a garden party
What rooms are free at 10:30? | What rooms are free at 10:30 ?
Plan a dinner for 1,200 guests | Plan a dinner for 1200 guests
Write a speech for the opening on the 3rd of March | Write a speech for the opening on March 3
Tech conference description | A description for a tech conference
Throw together an agenda for our kickoff | Write an agenda for our kick-off meeting
Which caterers in Lisbon do vegan food? | Are there vegan caterers in Lisbon?
How much should I tip the band? | What tip is right for the band?
Make the text shorter | Shorten the text
Let guests know that parking is limited | Tell guests there is little parking
What time should doors open? | When should we open the doors?
`;

/** The same form with another wish: none of them may ever share an answer. Frozen. */
const CONTRASTS = `
Plan a party for 120 guests | Plan a party for 300 guests
Plan a dinner for 1,200 guests | Plan a dinner for 120 guests
Plan a gala with a budget of $20,000 | Plan a gala with a budget of $200,000
Plan a gala for $20,000 | Plan a gala for €20,000
Plan a gala for A$5000 | Plan a gala for $5000
List three venues in Rome | List thirteen venues in Rome
Is it 5 degrees outside | Is it -5 degrees outside
A table at 7:30 | A table at 7:00
A room from 9 to 5 | A room from 5 to 9
Seat 10 guests at 12 tables | Seat 12 guests at 10 tables
A buffet for 120 guests and a dinner for 80 guests | A dinner for 120 guests and a buffet for 80 guests
Apply a discount of 10% | Apply a discount of 10
Take the 2nd offer | Take the 3rd offer
Plan it for version 1.5 | Plan it for version 15
How do I enable 2FA? | How do I disable 2FA?
How do I turn on notifications? | How do I turn off notifications?
Open the registration | Close the registration
Include alcohol in the menu | Exclude alcohol in the menu
Allow photos on stage | Forbid photos on stage
Accept the invitation | Decline the invitation
Write an invitation with alcohol | Write an invitation without alcohol
Do mention the price | Do not mention the price
Guests should bring children | Guests should never bring children
Serve nuts and no fish | Serve no nuts and fish
Is the indoor hall free? | Is the outdoor hall free?
Increase the budget by 10% | Decrease the budget by 10%
Is the venue cheap? | Is the venue expensive?
Send it before the event | Send it after the event
Rooms over 50 euros | Rooms under 50 euros
Can I cancel my booking? | Can't I cancel my booking?
Write an invitation for June 5 | Write an invitation for June 6
Write an invitation for 5 June | Write an invitation for 5 July
Plan a dinner on 2026-12-01 | Plan a dinner on 2026-12-10
Plan a dinner on Friday | Plan a dinner on Saturday
Plan a dinner for tomorrow | Plan a dinner for today
A lunch in the morning | A lunch in the evening
What is open on 3/4/2026? | What is open on 4/3/2026?
Plan a wedding in Lisbon for 120 guests | Plan a wedding in Porto for 120 guests
Find flights from Paris to London | Find flights from London to Paris
A trip to Paris, Texas | A trip to Paris, France
A dinner in Rome and a lunch in Milan | A lunch in Rome and a dinner in Milan
Write a toast for Anna from Ben | Write a toast for Ben from Anna
Alice invites Bob | Bob invites Alice
A birthday party for my son | A birthday party for my daughter
Write a letter for the mother of the bride | Write a letter for the bride of the mother
A vegan menu for 40 guests | A vegetarian menu for 40 guests
Translate the text into French | Translate the text into German
Dogs chase cats | Cats chase dogs
A talk for teachers on students | A talk for students on teachers
Seat the parents of children with allergies | Seat the parents with allergies of children
A gift for me | A gift for you
Write a formal email | Write an informal email
Write a slogan | Write ten slogans
Write a slogan | Write slogans
The event is cancelled. | The event is cancelled?
Explain C++ | Explain C#
Vegan or halal | Vegan and halal
How to write a book | How to book
Summarize the minutes | Translate the minutes
Write a dog poster for a show | Write a poster for a dog show
Is a buffet better than a dinner? | Is a dinner better than a buffet?
Propose to Anna | Suggest to Anna
A table for two for a party for ten | A table for ten for a party for two
A news letter | A new letter
Welcome guests but not press | Welcome press but not guests
`;

function pairs(table: string): (readonly [string, string])[] {
  const lines = table.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const [a = '', b = ''] = line.split(' | ');
    return [a, b] as const;
  });
}

export const PARAPHRASE_PAIRS = pairs(PARAPHRASES);
export const CONTRAST_PAIRS = pairs(CONTRASTS);
