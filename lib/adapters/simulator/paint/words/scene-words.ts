/** Words that call for a way of arranging the picture. */
export const LAYOUT_WORDS: Readonly<Record<string, string>> = {
  comic: "comic manga storyboard panel cartoon-strip strip",
  infographic: "infographic chart diagram dashboard statistic timeline explainer",
  pattern: "pattern textile wallpaper seamless tileable print fabric wrapping repeat",
  poster: "poster banner billboard flyer advert advertisement ad campaign cover social headline hero-banner",
};

/** Words that name the thing in the picture. */
export const SUBJECT_WORDS: Readonly<Record<string, string>> = {
  shoe: "shoe sneaker trainer boot footwear runner running-shoe",
  bottle: "bottle perfume fragrance wine water-bottle serum whisky beer juice lotion shampoo cosmetic skincare",
  can: "can soda tin drink beverage energy-drink",
  cup: "cup mug coffee tea espresso latte",
  watch: "watch wristwatch clock timepiece",
  bag: "bag handbag backpack tote purse suitcase luggage",
  chair: "chair armchair sofa furniture stool couch",
  lamp: "lamp light-fixture lantern bulb",
  headphones: "headphone headphones earphone headset speaker earbud",
  car: "car vehicle van truck automobile bus taxi",
  boat: "boat ship sailboat yacht",
  rocket: "rocket spaceship spacecraft shuttle",
  cat: "cat kitten fox dog puppy pet animal bear mascot wolf",
  bird: "bird owl penguin parrot",
  heron: "heron crane egret stork",
  figure: "hero character superhero warrior astronaut robot knight figure mascot explorer hiker dancer runner-person",
  portrait: "portrait person woman man girl boy model face ceo musician chef artist headshot people",
  plant: "plant flower rose bouquet cactus succulent houseplant tulip sunflower",
  fruit: "fruit apple orange lemon pear food cake burger pizza dessert",
  box: "box package packaging carton product gift parcel",
  tree: "tree oak pine",
  house: "house cottage cabin building lighthouse barn villa",
};

/** Words that name where it is. */
export const BACKDROP_WORDS: Readonly<Record<string, string>> = {
  studio: "studio pedestal podium seamless-backdrop tabletop packshot",
  ocean: "ocean sea beach wave coast island shore surf lake harbor harbour",
  city: "city street urban skyline downtown tokyo york london alley rooftop metropolis",
  desert: "desert dune sahara canyon mesa",
  forest: "forest wood jungle rainforest grove",
  hills:
    "mountain hill landscape valley meadow alpine ridge field countryside trail sunrise sunset outdoor outdoors nature",
  interior: "interior room kitchen living loft office cafe apartment bedroom window indoors indoor",
  space: "space galaxy planet cosmos nebula orbit universe",
  abstract: "abstract geometric gradient bauhaus shapes background fluid swirl",
};

/** Words that name what falls from the sky. */
export const WEATHER_WORDS: Readonly<Record<string, string>> = {
  snow: "snow snowing snowfall snowy blizzard",
  rain: "rain rainy storm drizzle downpour",
  fog: "fog foggy mist misty haze hazy",
  stars: "stars starry starlit",
  petals: "petals blossom confetti leaves",
};
