/** English first, then Spanish, French, German, Portuguese, Italian; singular, without marks, `|` between synonyms. */
const LATIN = `
wedding: boda / mariage|noces / hochzeit|trauung / casamento / matrimonio|nozze
beach wedding: / / strandhochzeit / /
birthday: cumpleanos / anniversaire / geburtstag|geburtstagsfeier / aniversario / compleanno
party: fiesta / fete|soiree / feier|fest / festa / festa
garden party: / / gartenparty|gartenfest / /
summer festival: / / sommerfest / /
office party: / / firmenfeier|betriebsfeier / /
concert: concierto / concert / konzert / concerto|show / concerto
festival: festival|feria / festival / festival / festival / festival|sagra
conference: conferencia|congreso / conference|congres / konferenz|tagung|kongress / conferencia|congresso / conferenza|congresso
meeting: reunion / reunion / besprechung|sitzung|treffen / reuniao / riunione
workshop: taller / atelier / werkstatt|seminar / oficina / laboratorio
graduation: graduacion / / abschlussfeier / formatura / laurea
christmas: navidad / noel / weihnachten / natal / natale
christmas market: / / weihnachtsmarkt|christkindlmarkt / /
christmas tree: / sapin / tannenbaum|weihnachtsbaum|christbaum / /
market stalls: mercado / marche / markt / mercado|feira / mercato
new year: nochevieja / / silvester / reveillon / capodanno
carnival: carnaval / carnaval / karneval|fasching / carnaval / carnevale
picnic: picnic / pique-nique|piquenique / picknick / piquenique / picnic
gala: gala / gala / gala|ball / gala / gala
dinner: cena / diner / abendessen|festessen / jantar / cena
beach: playa / plage / strand / praia / spiaggia
sea: mar / mer / meer / mar / mare
lake: lago / lac / see / lago / lago
mountain: montana / montagne / berg / montanha / montagna
forest: bosque / foret / wald / floresta / bosco|foresta
city: ciudad / ville / stadt / cidade / citta
street: calle / rue / strasse / rua / strada
garden: jardin / jardin / garten / jardim / giardino
park: parque / parc / park / parque / parco
meadow: prado / prairie|pre / wiese / / prato
village: pueblo / village / dorf / aldeia / villaggio|borgo
castle: castillo / chateau / schloss|burg / castelo / castello
church: iglesia / eglise / kirche / igreja / chiesa
house: casa / maison / haus / casa / casa
stage: escenario / scene / buhne / palco / palco
office: oficina / bureau / buro / escritorio / ufficio
restaurant: restaurante / restaurant / restaurant / restaurante / ristorante
stadium: estadio / stade / stadion / estadio / stadio
night: noche / nuit / nacht / noite / notte
evening: tarde / soir / abend / / sera
sunset: atardecer|ocaso / crepuscule / sonnenuntergang / entardecer / tramonto
morning: manana / matin / morgen / manha / mattina
summer: verano / ete / sommer / verao / estate
winter: invierno / hiver / winter / inverno / inverno
spring: primavera / printemps / fruhling / primavera / primavera
autumn: otono / automne / herbst / outono / autunno
snow: nieve / neige / schnee / neve / neve
rain: lluvia / pluie / regen / chuva / pioggia
sun: sol / soleil / sonne / sol / sole
moon: luna / lune / mond / lua / luna
star: estrella / etoile / stern / estrela / stella
rainbow: / / regenbogen / / arcobaleno
fireworks: / / feuerwerk / / /
firework: / / / fogo de artificio /
firework: cohete / / / /
tree: arbol / arbre / baum / arvore / albero
flower: flor / fleur / blume|blute / flor / fiore
rose: rosa / rose / rose / rosa / rosa
palm tree: palmera / palmier / palme / palmeira / palma
balloon: globo / ballon / luftballon / balao / palloncino
hot air balloon: / montgolfiere / heissluftballon / / mongolfiera
candle: vela / bougie / kerze / vela / candela
lantern: farol|farolillo / lanterne|lampion / laterne|lampion / lanterna / lanterna
lights: luces / lumieres / lichter|lichterkette / luzes / luci
table: mesa / table / tisch / mesa / tavolo
cake: pastel|tarta / gateau / kuchen|torte / bolo / torta
gift: regalo / cadeau / geschenk / presente / regalo
wine: vino / vin / wein / vinho / vino
beer: cerveza / biere / bier / cerveja / birra
wine: / / gluhwein / /
bonfire: hoguera / / lagerfeuer / fogueira / falo
coffee: cafe / cafe / kaffee / cafe / caffe
bread: pan / pain / brot / pao / pane
food: comida / nourriture|cuisine / essen / comida / cibo
music: musica / musique / musik / musica / musica
guitar: guitarra / guitare / gitarre / violao|guitarra / chitarra
piano: piano / piano / klavier / piano / pianoforte
drum: tambor|bateria / tambour|batterie / trommel|schlagzeug / tambor|bateria / tamburo|batteria
band: banda|orquesta / orchestre / kapelle / banda / banda
singer: cantante / chanteur|chanteuse / sanger|sangerin / cantor|cantora / cantante
dancer: bailarin|bailarina / danseur|danseuse / tanzer|tanzerin / dancarino|dancarina / ballerino|ballerina
person: persona|invitado / personne|invite / mensch|person|gast / pessoa|convidado / persona|ospite
people: gente / gens / leute|menschen|gaste / gente / gente
child: nino|nina / enfant / kind / crianca / bambino|bambina
woman: mujer / femme / frau / mulher / donna
man: hombre / homme / mann / homem / uomo
bride: novia / mariee / braut / noiva / sposa
groom: novio / marie / brautigam / noivo / sposo
couple: pareja / couple / paar|brautpaar / casal / coppia
dog: perro / chien / hund / cachorro|cao / cane
cat: gato / chat / katze / gato / gatto
horse: caballo / cheval / pferd / cavalo / cavallo
bird: pajaro / oiseau / vogel / passaro / uccello
elephant: elefante / elephant / elefant / elefante / elefante
butterfly: mariposa / papillon / schmetterling / borboleta / farfalla
fish: pez|pescado / poisson / fisch / peixe / pesce
bicycle: bicicleta / velo|bicyclette / fahrrad|rad / bicicleta / bicicletta
car: coche|carro|auto / voiture / auto|wagen / carro / macchina|automobile
train: tren / train / zug / trem / treno
boat: barco|velero / bateau|voilier / boot|segelboot / barco / barca
ship: buque / navire / schiff / navio / nave
bridge: puente / pont / brucke / ponte / ponte
lighthouse: / phare / leuchtturm / / faro
football: futbol / football / fussball / futebol / calcio
trophy: trofeo|copa / trophee|coupe / pokal / trofeu / trofeo
white: blanco|blanca / blanc|blanche / weiss / branco|branca / bianco|bianca
black: negro|negra / noir|noire / schwarz / preto|preta / nero|nera
red: rojo|roja / rouge / rot / vermelho|vermelha / rosso|rossa
blue: azul / bleu|bleue / blau / azul / blu|azzurro
green: verde / vert|verte / grun / verde / verde
yellow: amarillo|amarilla / jaune / gelb / amarelo|amarela / giallo|gialla
golden: dorado|dorada / dore|doree / golden / dourado|dourada / dorato|dorata
big: grande|gran / grand|grande / gross / grande / grande
small: pequeno|pequena / petit|petite / klein / pequeno|pequena / piccolo|piccola
elegant: elegante / elegant|elegante / elegant / elegante / elegante
a: un|una / un|une / ein / um|uma / un|una|uno
two: dos / deux / zwei / dois|duas / due
three: tres / trois / drei / tres / tre
four: cuatro / quatre / vier / quatro / quattro
five: cinco / cinq / funf / cinco / cinque
many: muchos|muchas / beaucoup / viele|vielen / muitos|muitas / molti|molte
six: seis / six / sechs / seis / sei
the: el|la|los|las / le|la|les|l / der|die|das|den|dem|des / o|os|as / il|lo|la|gli|le|l
with: con / avec / mit / com / con
without: sin / sans / ohne / sem / senza
and: y|e / et / und / e / e|ed
of: de|del / de|du|des|d / von|vom / de|do|da|dos|das / di|del|della|dei|delle
in: en / dans|en|au|aux / im|in|am / em|no|na|nos|nas / in|nel|nella|al|alla
on: sobre / sur / auf / sobre / su|sul|sulla
under: bajo / sous / unter / sob / sotto
for: para|por / pour / fur / para|por / per
`;

/** Japanese and Chinese know no spaces: what is found is replaced, the longest first. */
const CJK = `
cherry blossom: 桜|樱花|櫻花
mount fuji: 富士山
lanterns: 提灯|灯笼|燈籠
fireworks: 花火|烟花|煙火
wedding: 結婚式|婚礼|婚禮
birthday: 誕生日|生日
picnic: お花見|花見|ピクニック|野餐
festival: 祭り|お祭り|フェスティバル|节日|節日|音乐节
conference: 会議|カンファレンス|会议|會議
concert: コンサート|音楽会|音乐会|音樂會|演唱会
party: パーティー|パーティ|派对|派對|聚会
christmas: クリスマス|圣诞节|聖誕節
new year: お正月|新年|春节|春節
beach: 海辺|ビーチ|砂浜|海滩|海灘|沙滩
sea: 海
mountain: 山
lake: 湖
city: 都市|城市
garden: 庭園|庭|花园|花園
forest: 森|森林
night: 夜|夜晚|晚上
sunset: 夕日|夕焼け|日落
snow: 雪
moon: 月亮|満月|月
tree: 木|树|樹
flowers: 花|鲜花
balloons: 風船|气球|氣球
cake: ケーキ|蛋糕
music: 音楽|音乐|音樂
dog: 犬|狗
cat: 猫|貓
children: 子供|子ども|孩子|儿童
people: 人々|人们
bride: 花嫁|新娘
groom: 花婿|新郎
dragon: 龍|竜|龙
car: 車|汽车
train: 電車|火车
stage: 舞台|ステージ
`;

const DEVANAGARI = `
diwali: दीपावली|दिवाली|दिवाळी
holi: होली
navratri: नवरात्रि
garba: गरबा
eid: ईद
indian wedding: शादी|विवाह
mehndi: मेहंदी
birthday: जन्मदिन
conference: सम्मेलन
festival: महोत्सव
celebration: उत्सव
diyas: दीये|दीप|दीपक|दिये
fireworks: आतिशबाजी|आतिशबाज़ी|पटाखे
flowers: फूल|फूलों
children: बच्चे|बच्चों
music: संगीत
concert: संगीतकार्यक्रम
stage: मंच
sea: समुद्र
beach: समुद्रतट
garden: बगीचा|बगीचे|उद्यान
elephant: हाथी
horse: घोड़ा|घोड़े
night: रात
moon: चाँद|चांद
rangoli: रंगोली
cake: केक
and: और
with: साथ
without: बिना
in: में
`;

const lines = (table: string): Array<readonly [english: string, rest: string]> =>
  table
    .trim()
    .split('\n')
    .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]);

const synonyms = (list: string): string[] => list.trim().split('|').filter(Boolean);

const flat = (table: string): ReadonlyMap<string, string> =>
  new Map(
    lines(table).flatMap(([english, list]) =>
      synonyms(list).map((word): [string, string] => [word, english]),
    ),
  );

export const LANGUAGES = ['es', 'fr', 'de', 'pt', 'it'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Words of European languages, each to English. */
export const FOREIGN_WORDS: Readonly<Record<Language, ReadonlyMap<string, string>>> = (() => {
  const words = LANGUAGES.map(() => new Map<string, string>());
  for (const [english, columns] of lines(LATIN))
    columns.split('/').forEach((list, column) => {
      for (const word of synonyms(list)) words[column]?.set(word, english);
    });
  const of = (column: number): ReadonlyMap<string, string> => words[column] ?? new Map();
  return { es: of(0), fr: of(1), de: of(2), pt: of(3), it: of(4) };
})();

export const CJK_WORDS = flat(CJK);
export const DEVANAGARI_WORDS = flat(DEVANAGARI);
